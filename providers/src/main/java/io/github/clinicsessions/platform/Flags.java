package io.github.clinicsessions.platform;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attributes that say yes or no. */
final class Flags {

    private Flags() {}

    /** Whatever the case and the spaces around it; empty for what is neither true nor false, or absent. */
    static Optional<Boolean> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
