package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.SessionActivity;
import org.jspecify.annotations.Nullable;

/**
 * What this server has read of reports from the database, for the sessions used last, {@value #MOST} at the most, so that a report
 * takes no query as long as the database need not be told at once. Other servers may have stored more since: what is remembered is
 * the least that is there, good for finding that a session is not over and that nothing is to be written, for nothing else.
 * Thread-safe.
 */
final class StoredActivity {

    private static final int MOST = 50_000;
    private static final long SECOND = 1_000;

    private final RecentlyUsed<SessionStart, SessionActivity> known = new RecentlyUsed<>(MOST);

    /**
     * One session: Keycloak uses an id again.
     *
     * @param startedAt seconds since the epoch
     */
    record SessionStart(String realmId, String sessionId, int startedAt) {}

    /** Null if nothing is remembered. */
    @Nullable
    SessionActivity of(SessionStart session) {
        return known.get(session);
    }

    /** The database has it. What it still has of an earlier session of the id is not remembered. */
    void is(SessionStart session, SessionActivity stored) {
        if (stored.lastBeatAt() >= session.startedAt * SECOND) {
            known.put(session, stored);
        }
    }
}
