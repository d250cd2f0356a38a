package io.github.clinicsessions.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingKind.Choice;
import io.github.clinicsessions.clinic.SettingKind.CountryList;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.clinic.SettingKind.NumberByRole;
import io.github.clinicsessions.clinic.SettingKind.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which settings to change: the body of {@code PUT settings}. Pure. */
final class SettingsRequest {

    /** Longest body, in characters. */
    static final int MAX_LENGTH = 20_000;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private SettingsRequest() {}

    /**
     * Values as {@link SettingKey#parse} gives them.
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
                                key -> {
                                    Object sent = value(key, field.getValue());
                                    key.parse(sent)
                                            .ifPresentOrElse(
                                                    value -> wanted.put(key, value),
                                                    () -> key.problems(sent)
                                                            .forEach(problem ->
                                                                    input.refuse(problem.field(), problem.message())));
                                },
                                () -> input.refuse(shortened(field.getKey()), "is not known")));
        input.check();
        return wanted;
    }

    /** Null for what no key of this kind takes: {@code "30"} is not {@code 30}. */
    private static @Nullable Object value(SettingKey key, JsonNode json) {
        if (json.isNull()) {
            return Inherited.INHERITED;
        }
        if (json.isTextual()) {
            return key.kind() instanceof Text || key.kind() instanceof Choice ? json.textValue() : null;
        }
        if (json.isObject() && key.kind() instanceof NumberByRole) {
            Map<String, @Nullable Object> byRole = new LinkedHashMap<>();
            json.properties().forEach(field -> byRole.put(field.getKey(), scalar(field.getValue())));
            return byRole;
        }
        if (json.isArray() && key.kind() instanceof CountryList) {
            List<@Nullable String> codes = new ArrayList<>();
            json.forEach(code -> codes.add(code.textValue())); // null for what is no text
            return codes;
        }
        return scalar(json);
    }

    private static @Nullable Object scalar(JsonNode json) {
        if (json.isInt() || json.isLong()) {
            return json.longValue();
        }
        return json.isBoolean() ? json.booleanValue() : null;
    }

    private static String shortened(String name) {
        return name.length() > 100 ? name.substring(0, 100) : name;
    }
}
