package io.github.clinicsessions.it;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger in numbers, or of a kind, that no test can bring about; written past Keycloak, by SQL. */
final class LedgerSamples {

    private final TestRealm realm;

    LedgerSamples(TestRealm realm) {
        this.realm = realm;
    }

    /** Ends of a person's sessions, one a minute, the newest so many minutes ago; {@code device} gets a number from 1 on. */
    void ended(String username, String device, int count, int newestMinutesAgo) {
        realm.server()
                .database()
                .update(
                        "INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, CLINIC_IDS, OCCURRED_AT, ACTION, CAUSE, USER_ID,"
                                + " USERNAME, SESSION_REF, ACTOR_TYPE, ACTOR_ID, ACTOR_NAME, DEVICE, IP_ADDRESS, STATE)"
                                + " SELECT CAST(gen_random_uuid() AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS VARCHAR),"
                                + " CAST(? AS BIGINT) - CAST(60000 AS BIGINT) * n, 'SESSION_ENDED', 'SIGNED_OUT', CAST(? AS VARCHAR),"
                                + " CAST(? AS VARCHAR), 'reference', 'SELF', CAST(? AS VARCHAR), CAST(? AS VARCHAR),"
                                + " CAST(? AS VARCHAR) || ' ' || n, '203.0.113.7', 'DONE' FROM generate_series(1, ?) AS n",
                        realm.id(),
                        realm.id(),
                        System.currentTimeMillis() - 60_000L * (newestMinutesAgo - 1),
                        realm.userId(username),
                        username,
                        realm.userId(username),
                        username,
                        device,
                        count);
    }

    /** One row of a person. */
    void row(
            String username,
            String action,
            String role,
            @Nullable String actor,
            @Nullable String device,
            @Nullable String details) {
        realm.server()
                .database()
                .update(
                        "INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, CLINIC_IDS, OCCURRED_AT, ACTION, USER_ID, USERNAME,"
                                + " ACTOR_TYPE, ACTOR_ID, ACTOR_NAME, DEVICE, DETAILS, STATE)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'DONE')",
                        UUID.randomUUID().toString(),
                        realm.id(),
                        realm.id(),
                        System.currentTimeMillis(),
                        action,
                        realm.userId(username),
                        username,
                        role,
                        UUID.randomUUID().toString(),
                        actor,
                        device,
                        details);
    }
}
