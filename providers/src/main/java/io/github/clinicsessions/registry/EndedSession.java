package io.github.clinicsessions.registry;

import java.util.UUID;

/**
 * The tombstone of a session: it is to end, or has ended. Whoever writes it first owns the end: the one row in the ledger and
 * the one event.
 *
 * @param startedAt as in {@link LivingSession}
 * @param ledgerRowId of the row that says so
 * @param terminationId common to what one call ends
 * @param intendedAt milliseconds since the epoch, not before the session began by whichever server's clock; what began in a
 *     later second is another session of the same id
 * @param done whether nothing of it was found any more
 */
public record EndedSession(
        String realmId,
        String sessionId,
        long startedAt,
        String userId,
        String ledgerRowId,
        String terminationId,
        long intendedAt,
        boolean done) {

    private static final int SECOND = 1_000;

    /** One that is to end. */
    public static EndedSession intended(
            LivingSession session, String ledgerRowId, String terminationId, long intendedAt) {
        return new EndedSession(
                session.realmId(),
                session.sessionId(),
                session.startedAt(),
                session.userId(),
                ledgerRowId,
                terminationId,
                intendedAt,
                false);
    }

    /** An id for {@link #terminationId}. */
    public static String newTerminationId() {
        return UUID.randomUUID().toString();
    }

    /**
     * Whether what Keycloak has under the id is this session and not a later one. An offline session has a start of its own,
     * some time after the online one's.
     *
     * @param startedSeconds as {@code UserSessionModel#getStarted} has it
     */
    public boolean covers(int startedSeconds, boolean offline) {
        if (startedSeconds > intendedAt / SECOND) {
            return false;
        }
        boolean anyStart = offline || startedAt == LivingSession.UNKNOWN_START;
        return anyStart || (long) startedSeconds * SECOND <= startedAt;
    }
}
