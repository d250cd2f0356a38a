package io.github.clinicsessions.bounds;

import io.github.clinicsessions.platform.RealmSettings;
import java.util.OptionalInt;

/**
 * For how long Keycloak itself is to let sessions last unused, where the clinics of a realm differ: it knows one value for the
 * whole realm, so that has to be the longest of all, and stricter rules are kept by us. Pure.
 *
 * @param realmMinutes what the realm's own time-out is to be remembered as, because Keycloak's value is a clinic's; empty where
 *     Keycloak's value is the realm's own
 * @param longestSeconds what no idle time-out of Keycloak's may pass; where {@link #isRaised} what the realm's has to be
 */
record NativeIdle(OptionalInt realmMinutes, int longestSeconds) {

    private static final int SECONDS_OF_MINUTE = 60;

    /**
     * Whoever sets Keycloak's value lower says what the realm's own is to be, so that this is never forgotten. A value that is
     * longer than the realm's own is a clinic's, or out of bounds.
     *
     * @param ofRealm minutes that the realm's attribute allows; empty if it says nothing
     * @param nativeSeconds Keycloak's value as it is in force now; 1 or more
     * @param longestOfClinics minutes; empty if no clinic has a time-out of its own
     */
    static NativeIdle of(OptionalInt ofRealm, int nativeSeconds, OptionalInt longestOfClinics) {
        int allowed = ofRealm.orElse(RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES) * SECONDS_OF_MINUTE;
        int own = Math.min(nativeSeconds, allowed);
        int longest = longestOfClinics.orElse(0) * SECONDS_OF_MINUTE;
        return longest > own
                ? new NativeIdle(OptionalInt.of((own + SECONDS_OF_MINUTE - 1) / SECONDS_OF_MINUTE), longest)
                : new NativeIdle(OptionalInt.empty(), allowed);
    }

    /** Whether Keycloak's value has to be longer than the realm's own. */
    boolean isRaised() {
        return realmMinutes.isPresent();
    }
}
