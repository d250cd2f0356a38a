package io.github.clinicsessions.limit;

import java.util.Arrays;
import java.util.Optional;

/**
 * What becomes of a sign-in that would be one session too many; the strictest first. "Last wins" is the attacker's friend: whoever
 * has stolen a password takes the place of the person (OWASP ASVS 5.0, 7.1.2 wants the behaviour documented).
 */
public enum LimitBehavior {
    /** It is refused. */
    DENY("deny"),
    /** The person says which sessions are to end; where no page can be shown it is refused. */
    CHOOSE("choose"),
    /** The sessions used least recently end. */
    END_LEAST_RECENT("end-least-recent");

    private final String text;

    LimitBehavior(String text) {
        this.text = text;
    }

    /** As settings have it. */
    public String text() {
        return text;
    }

    /** Empty for any other text. */
    public static Optional<LimitBehavior> parse(String text) {
        return Arrays.stream(values())
                .filter(one -> one.text.equals(text.strip()))
                .findFirst();
    }
}
