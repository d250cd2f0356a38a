package io.github.clinicsessions.bounds;

import io.github.clinicsessions.platform.RealmSettings;
import java.util.OptionalInt;

/**
 * For how long Keycloak itself is to let sessions last unused, where the clinics of a realm differ: it knows one value for the
 * whole realm, so that has to be the longest of all, and stricter rules are kept by us. Pure.
 *
 * @param realmMinutes what the realm's own time-out is to be in our attribute, because Keycloak's value is a clinic's; empty where
 *     Keycloak's value is the realm's own
 * @param remembered seconds that Keycloak's value is to be again when no clinic needs more; empty if nothing is to be remembered
 * @param longestSeconds what no idle time-out of Keycloak's may pass; where {@link #isRaised} what the realm's has to be
 * @param forgetsAttribute whether our attribute, which only stood in for Keycloak's value, is to go
 */
record NativeIdle(OptionalInt realmMinutes, OptionalInt remembered, int longestSeconds, boolean forgetsAttribute) {

    private static final int SECONDS_OF_MINUTE = 60;
    private static final int BOUND = RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES * SECONDS_OF_MINUTE;

    /**
     * What a realm has stored.
     *
     * @param minutes that its attribute allows; empty if it says nothing
     * @param remembered seconds, see {@link NativeIdle#remembered}
     * @param nativeSeconds Keycloak's value as it is in force; 1 or more
     */
    record Stored(OptionalInt minutes, OptionalInt remembered, int nativeSeconds) {

        /** Whether the attribute is ours. An administrator who has changed it since has decided anew. */
        private boolean isAttributeOurs() {
            return remembered.isPresent()
                    && (minutes.isEmpty() || minutes.getAsInt() == wholeMinutes(remembered.getAsInt()));
        }

        private int allowed() {
            return isAttributeOurs()
                    ? Math.min(remembered.getAsInt(), BOUND)
                    : minutes.stream()
                            .map(value -> value * SECONDS_OF_MINUTE)
                            .findFirst()
                            .orElse(BOUND);
        }
    }

    /**
     * Whoever sets Keycloak's value lower says what the realm's own is to be, so that this is never forgotten. A value that is
     * longer than the realm's own is a clinic's, or out of bounds.
     *
     * @param longestOfClinics minutes; empty if no clinic has a time-out of its own
     */
    static NativeIdle of(Stored stored, OptionalInt longestOfClinics) {
        int allowed = stored.allowed();
        int own = Math.min(stored.nativeSeconds, allowed);
        int longest = Math.min(longestOfClinics.orElse(0) * SECONDS_OF_MINUTE, BOUND);
        if (longest <= own) {
            return new NativeIdle(OptionalInt.empty(), OptionalInt.empty(), allowed, stored.isAttributeOurs());
        }
        boolean ours = stored.minutes.isEmpty() || stored.isAttributeOurs();
        return new NativeIdle(
                OptionalInt.of(wholeMinutes(own)), ours ? OptionalInt.of(own) : OptionalInt.empty(), longest, false);
    }

    /** Nobody gains anything by a clinic's longer time-out, so what is left of a minute goes; but for the shortest there is. */
    private static int wholeMinutes(int seconds) {
        return Math.max(RealmSettings.SHORTEST_IDLE_TIMEOUT_MINUTES, seconds / SECONDS_OF_MINUTE);
    }

    /** Whether Keycloak's value has to be longer than the realm's own. */
    boolean isRaised() {
        return realmMinutes.isPresent();
    }
}
