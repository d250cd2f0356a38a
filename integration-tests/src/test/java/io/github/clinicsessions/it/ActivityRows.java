package io.github.clinicsessions.it;

import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What the database knows of the use of a session, and how a test makes it older. */
final class ActivityRows {

    private final Database database;
    private final String sessionId;

    ActivityRows(TestRealm realm, String sessionId) {
        this.database = realm.server().database();
        this.sessionId = sessionId;
    }

    /** Sign-ins are registered by a queue behind them. */
    ActivityRows registered() {
        Awaitility.await()
                .until(() ->
                        database.number("select count(*) from CLINIC_LIVING_SESSION where SESSION_ID = ?", sessionId)
                                == 1);
        return this;
    }

    /** All that has happened in the session is now so much longer ago. For servers that do not cache sessions. */
    void age(int seconds) {
        registered();
        database.update(
                "update OFFLINE_USER_SESSION set CREATED_ON = CREATED_ON - ?, LAST_SESSION_REFRESH = LAST_SESSION_REFRESH - ?"
                        + " where USER_SESSION_ID = ?",
                seconds,
                seconds,
                sessionId);
        database.update(
                "update OFFLINE_CLIENT_SESSION set \"timestamp\" = \"timestamp\" - ? where USER_SESSION_ID = ?",
                seconds,
                sessionId);
        database.update(
                "update CLINIC_LIVING_SESSION set LAST_BEAT_AT = greatest(LAST_BEAT_AT - ?, 0), STARTED_AT = STARTED_AT - ?"
                        + " where SESSION_ID = ?",
                TimeUnit.SECONDS.toMillis(seconds),
                TimeUnit.SECONDS.toMillis(seconds),
                sessionId);
    }

    /** Seconds since the epoch, of the online session. */
    long lastRefresh() {
        return database.number(
                "select LAST_SESSION_REFRESH from OFFLINE_USER_SESSION where USER_SESSION_ID = ? and OFFLINE_FLAG = '0'",
                sessionId);
    }

    /** Milliseconds since the epoch; 0 for never, and for a session that is not registered. */
    long lastBeat() {
        return database.number(
                "select coalesce(max(LAST_BEAT_AT), 0) from CLINIC_LIVING_SESSION where SESSION_ID = ?", sessionId);
    }

    /** Keycloak's ids, with commas; empty for none. */
    String reportingClients() {
        return String.join(
                "",
                database.texts(
                        "select coalesce(REPORTING_CLIENTS, '') from CLINIC_LIVING_SESSION where SESSION_ID = ?",
                        sessionId));
    }
}
