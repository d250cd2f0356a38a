package io.github.clinicsessions.clinic;

import org.jspecify.annotations.Nullable;

/**
 * Why a value of a setting is not taken.
 *
 * @param role which of several roles is meant; null if the setting has none or all are
 */
public record SettingProblem(
        SettingKey key, Kind kind, @Nullable String role) {

    /** What is wrong. */
    public enum Kind {
        /** It is not what the key says: see {@link SettingKey#bound}. */
        BOUND,
        /** The time-out is longer than an hour, and nobody says why. */
        REASON_MISSING,
        /** The realm has no role of this name. */
        UNKNOWN_ROLE
    }

    private static final int LONGEST_ROLE = 100;

    /** As REST names it: {@code idleTimeoutReason}, {@code roleIdleTimeoutMinutes.front-desk}. */
    public String field() {
        return role == null ? key.json() : key.json() + "." + shortened(role);
    }

    /** In English, as the end of a sentence that begins with {@link #field}. */
    public String message() {
        return switch (kind) {
            case BOUND -> key.bound(role);
            case REASON_MISSING ->
                "must say why sessions may last unused for more than "
                        + LongIdlePolicy.MINUTES_WITHOUT_REASON
                        + " minutes: NIST SP 800-63B-4 wants one hour at most at AAL2";
            case UNKNOWN_ROLE -> "is no role of the realm";
        };
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_ROLE ? name.substring(0, LONGEST_ROLE) : name;
    }
}
