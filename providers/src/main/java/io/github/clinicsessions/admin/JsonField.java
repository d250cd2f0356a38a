package io.github.clinicsessions.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A setting with several parts, as a field of the Admin Console's form: <code>{"front-desk":5}</code>. Pure. */
final class JsonField {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonField() {}

    /** Null for what is no JSON object. */
    static @Nullable Map<String, @Nullable Object> parse(String text) {
        try {
            return MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            return null; // refused as what is not as it should be
        }
    }

    /** The same every time for the same value; anything but a map as it is. */
    static String text(Object value) {
        if (!(value instanceof Map)) {
            return value.toString();
        }
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // names and numbers
        }
    }
}
