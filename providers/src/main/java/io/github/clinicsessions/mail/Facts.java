package io.github.clinicsessions.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of a mail that name something and say what it is. */
final class Facts {

    private final Words words;
    private final List<Map<String, String>> lines = new ArrayList<>();

    Facts(Words words) {
        this.words = words;
    }

    /** @param key of the message that names it */
    Facts add(String key, String value) {
        lines.add(Map.of("name", words.of(key), "value", value));
        return this;
    }

    /** The same, and no line where nothing is known. */
    Facts addIfKnown(String key, @Nullable String value) {
        return value == null ? this : add(key, value);
    }

    List<Map<String, String>> lines() {
        return List.copyOf(lines);
    }
}
