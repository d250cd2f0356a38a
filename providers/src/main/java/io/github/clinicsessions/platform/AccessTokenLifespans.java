package io.github.clinicsessions.platform;

import org.jspecify.annotations.Nullable;

/**
 * The lifespans of a realm's access tokens, as {@code TokenManager#getTokenExpiration} has it: the client's override, else
 * the realm's value; the realm's own one for the implicit flow; -1 means as long as the session. Keycloak may end a token
 * earlier, with its session, so that these are upper limits. Pure; seconds.
 *
 * @param sessionMax longest life of a session
 */
record AccessTokenLifespans(long realm, long implicitFlow, long sessionMax) {

    static final int AS_LONG_AS_THE_SESSION = -1;

    /**
     * The longest that a client's tokens may live.
     *
     * @param override the client's own value; one that cannot be parsed counts as absent (Keycloak issues nothing then)
     */
    long ofClient(@Nullable String override, boolean implicitFlowEnabled) {
        long ofCode = seconds(parse(override));
        return implicitFlowEnabled ? Math.max(ofCode, seconds(implicitFlow)) : ofCode;
    }

    /** What a stored value comes to; 0 for a token that has expired at once. */
    long seconds(long lifespan) {
        long seconds = lifespan == AS_LONG_AS_THE_SESSION ? sessionMax : lifespan;
        return Math.max(0, Math.min(Integer.MAX_VALUE, seconds));
    }

    private long parse(@Nullable String override) {
        if (override != null && !override.isBlank()) {
            try {
                return Long.parseLong(override.strip());
            } catch (NumberFormatException e) {
                return realm;
            }
        }
        return realm;
    }
}
