package io.github.clinicsessions.geo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the country's code in a record of a database, whoever made it: MaxMind and DB-IP have it at {@code country.iso_code}, others
 * at {@code country_code} or {@code country}, or the record is the code. Pure.
 */
final class CountryCodes {

    private static final String COUNTRY = "country";
    private static final String ISO_CODE = "iso_code";
    private static final Pattern CODE = Pattern.compile("[A-Z]{2}");

    /** Where the code may be, the best first. The registered country is where the network's owner is. */
    private static final List<List<String>> PATHS = List.of(
            List.of(COUNTRY, ISO_CODE),
            List.of(COUNTRY, "code"),
            List.of(COUNTRY),
            List.of("country_code"),
            List.of("countryCode"),
            List.of(ISO_CODE),
            List.of("registered_country", ISO_CODE));

    private CountryCodes() {}

    /** Two upper-case letters; empty if there is nothing of that kind. */
    static Optional<String> in(@Nullable Object record) {
        if (record instanceof String text) {
            return code(text);
        }
        return PATHS.stream()
                .map(path -> at(record, path))
                .flatMap(
                        value -> value instanceof String text ? code(text).stream() : Optional.<String>empty().stream())
                .findFirst();
    }

    private static @Nullable Object at(@Nullable Object record, List<String> path) {
        Object value = record;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static Optional<String> code(String text) {
        return Optional.of(text).filter(code -> CODE.matcher(code).matches());
    }
}
