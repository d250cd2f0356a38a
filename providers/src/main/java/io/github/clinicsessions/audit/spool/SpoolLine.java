package io.github.clinicsessions.audit.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as one line of a spool file: a JSON object that says its version, in ASCII only, so that a line break is always the
 * end of a row and no text, half a surrogate pair included, is changed on its way.
 */
final class SpoolLine {

    /** Of the format. A line of another version is not read but set aside: it may be of a newer server. */
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SpoolLine() {}

    /** With the line break. */
    static byte[] write(LedgerRow row) {
        ObjectNode json = JSON.createObjectNode();
        json.put("v", VERSION);
        json.put("id", row.id());
        json.put("realmId", row.realmId());
        row.clinicIds().forEach(json.putArray("clinicIds")::add);
        json.put("occurredAt", row.occurredAt());
        json.put("action", row.action().name());
        json.put("cause", row.cause() == null ? null : row.cause().name());
        json.put("userId", row.userId());
        json.put("username", row.username());
        json.put("sessionRef", row.sessionRef());
        json.put("actorType", row.actor().type().name());
        json.put("actorId", row.actor().id());
        json.put("actorName", row.actor().name());
        json.put("device", row.device());
        json.put("ipAddress", row.ipAddress());
        json.put("country", row.country());
        row.details().forEach(json.putObject("details")::put);
        try {
            return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.US_ASCII);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The row of a line, with or without its line break.
     *
     * @throws IOException if it is not a row of this version, whole and with every field it needs
     */
    static LedgerRow read(byte[] line) throws IOException {
        JsonNode json = JSON.readTree(line);
        if (json == null || json.path("v").asInt() != VERSION) {
            throw new IOException("not a row of version " + VERSION);
        }
        try {
            String cause = text(json, "cause");
            return new LedgerRow(
                    needed(json, "id"),
                    needed(json, "realmId"),
                    texts(json.path("clinicIds")),
                    number(json, "occurredAt"),
                    LedgerAction.valueOf(needed(json, "action")),
                    cause == null ? null : EndCause.valueOf(cause),
                    needed(json, "userId"),
                    text(json, "username"),
                    text(json, "sessionRef"),
                    new Actor(
                            Actor.Type.valueOf(needed(json, "actorType")),
                            text(json, "actorId"),
                            text(json, "actorName")),
                    text(json, "device"),
                    text(json, "ipAddress"),
                    text(json, "country"),
                    details(json.path("details")));
        } catch (IllegalArgumentException e) {
            throw new IOException("a name that this version does not know", e);
        }
    }

    private static @Nullable String text(JsonNode json, String field) throws IOException {
        JsonNode value = json.path(field);
        if (value.isNull()) {
            return null;
        }
        return needed(json, field);
    }

    private static String needed(JsonNode json, String field) throws IOException {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IOException("no text: " + field);
        }
        return value.textValue();
    }

    private static long number(JsonNode json, String field) throws IOException {
        JsonNode value = json.path(field);
        if (!value.canConvertToLong()) {
            throw new IOException("no number: " + field);
        }
        return value.longValue();
    }

    private static List<String> texts(JsonNode array) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array) {
            if (!value.isTextual()) {
                throw new IOException("no text in a list");
            }
            texts.add(value.textValue());
        }
        return List.copyOf(texts);
    }

    private static Map<String, String> details(JsonNode object) throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            details.put(field.getKey(), needed(object, field.getKey()));
        }
        return Collections.unmodifiableMap(details);
    }
}
