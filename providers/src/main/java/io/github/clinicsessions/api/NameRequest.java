package io.github.clinicsessions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clinicsessions.clinic.DeviceName;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT me/devices/{id}}.
 *
 * @param name null takes it away
 */
record NameRequest(@Nullable String name) {

    /** Longest body, in characters. */
    static final int MAX_LENGTH = 1000;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FIELD = "name";

    /** @throws ProblemException 400 for anything but an object with a name, or with null in its place */
    static NameRequest parse(String body) {
        JsonNode json = JsonBody.read(MAPPER, body, MAX_LENGTH);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals(FIELD)) {
                throw bad(name, "is not known; " + FIELD + " is");
            }
        }
        JsonNode name = json.get(FIELD);
        if (name != null && name.isNull()) {
            return new NameRequest(null);
        }
        return DeviceName.parse(name == null ? null : name.textValue())
                .map(NameRequest::new)
                .orElseThrow(() -> bad(FIELD, DeviceName.BOUND + ", or null"));
    }

    private static ProblemException bad(String field, String message) {
        return new ProblemException(Problem.badField(field, message));
    }
}
