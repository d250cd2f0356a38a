package io.github.clinicsessions.device;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of others that may stand in a label: letters, digits and a few marks, none of which means anything to a page or a file. Pure. */
final class Harmless {

    /** Longest text that is taken over, in characters. */
    static final int LONGEST = 60;

    /** One class, so that there is nothing to go back to. */
    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{N} ._:+/()-]{1," + LONGEST + "}");

    private Harmless() {}

    /** Without blanks around it; null for what is empty, too long, or holds anything else. */
    static @Nullable String text(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        String stripped = text.strip();
        return TEXT.matcher(stripped).matches() ? stripped : null;
    }
}
