package io.github.clinicsessions.mail;

import java.util.regex.Pattern;

/** Text that somebody has typed, fit for a line of a mail. Pure. */
final class OneLine {

    static final int LONGEST = 200;

    /** Line breaks and other controls, and what turns the direction of the text around it (Unicode's bidi controls). */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private OneLine() {}

    static String of(String text) {
        String line = SPACES.matcher(UNFIT.matcher(text).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST).strip() + "…";
    }
}
