package io.github.clinicsessions.audit.jpa;

/**
 * A ledger as it grows over the years, made by the database: of realm "realm", one row per millisecond, each second one an end;
 * two ends of 20,000 rows are TOKEN_REVOKED. 60 rows, evenly spread, are of the organization "small"; of the others half are of "large",
 * half of the realm. 1,000 persons.
 */
final class GeneratedRows {

    private GeneratedRows() {}

    static void insert(LedgerDatabase database, int rows) {
        database.execute("""
                INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, CLINIC_IDS, OCCURRED_AT, ACTION, CAUSE, USER_ID, USERNAME,
                  SESSION_REF, ACTOR_TYPE, ACTOR_ID, ACTOR_NAME, DEVICE, IP_ADDRESS, DETAILS, STATE)
                SELECT CAST(gen_random_uuid() AS text), 'realm',
                  CASE WHEN i % (? / 60) = 0 THEN 'small' WHEN i / 2 % 2 = 0 THEN 'large' ELSE 'realm' END,
                  i,
                  CASE WHEN i % 2 = 0 THEN 'SESSION_STARTED' ELSE 'SESSION_ENDED' END,
                  CASE WHEN i % 2 = 0 THEN NULL WHEN i % 20000 IN (1, 3) THEN 'TOKEN_REVOKED'
                    WHEN i % 3 = 0 THEN 'IDLE_TIMEOUT' ELSE 'SIGNED_OUT' END,
                  'user-' || (i % 1000 * 7919 % 1000), 'user-' || (i % 1000 * 7919 % 1000), md5(CAST(i AS text)), 'SELF',
                  'user-' || (i % 1000 * 7919 % 1000), 'user-' || (i % 1000 * 7919 % 1000), 'Chrome on Windows', '192.0.2.1',
                  CASE WHEN i % 7 = 0 THEN '{"privateTo":"*"}' END, 'DONE'
                FROM generate_series(1, ?) AS i""", rows, rows);
        database.execute("INSERT INTO CLINIC_LEDGER_CLINIC SELECT REALM_ID, CLINIC_IDS, OCCURRED_AT, ID"
                + " FROM CLINIC_SESSION_LEDGER WHERE CLINIC_IDS <> REALM_ID");
        database.execute("VACUUM ANALYZE");
    }
}
