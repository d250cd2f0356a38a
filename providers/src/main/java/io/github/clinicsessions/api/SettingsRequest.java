package io.github.clinicsessions.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clinicsessions.clinic.SettingKey;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which settings to change: the body of {@code PUT settings}. Pure. */
final class SettingsRequest {

    /** Longest body, in characters. */
    static final int MAX_LENGTH = 10_000;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private SettingsRequest() {}

    /**
     * Integers and Booleans.
     *
     * @throws ProblemException 400 with every key that is unknown and every value that is out of bounds
     */
    static Map<SettingKey, Object> parse(String body) {
        Map<SettingKey, Object> wanted = new EnumMap<>(SettingKey.class);
        Input input = new Input();
        JsonBody.read(MAPPER, body, MAX_LENGTH)
                .properties()
                .forEach(field -> SettingKey.named(field.getKey())
                        .ifPresentOrElse(
                                key -> key.parse(value(field.getValue()))
                                        .ifPresentOrElse(
                                                value -> wanted.put(key, value),
                                                () -> input.refuse(key.json(), key.bound())),
                                () -> input.refuse(shortened(field.getKey()), "is not known")));
        input.check();
        return wanted;
    }

    /** Null for what is neither number nor boolean: {@code "30"} is not {@code 30}. */
    private static @Nullable Object value(JsonNode json) {
        if (json.isInt() || json.isLong()) {
            return json.longValue();
        }
        return json.isBoolean() ? json.booleanValue() : null;
    }

    private static String shortened(String name) {
        return name.length() > 100 ? name.substring(0, 100) : name;
    }
}
