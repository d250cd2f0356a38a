package io.github.clinicsessions.registry;

/**
 * A session of which nothing but a start is known.
 *
 * @param startedAt milliseconds since the epoch, of whole seconds as Keycloak has them. Keycloak uses ids again: only
 *     together they name a session
 */
public record LivingSession(String realmId, String sessionId, String userId, long startedAt) {

    /** {@link #startedAt} of a session of which Keycloak has told the end only. */
    public static final long UNKNOWN_START = 0;
}
