package io.github.clinicsessions.it;

import java.sql.SQLException;

/**
 * Staff and their sessions, made in Keycloak's tables: by its API thousands would take minutes. Each person has the realm's
 * default role; each session is a copy of a real one of {@code nurse}'s.
 */
final class StaffRows {

    private static final String USERS = """
            insert into USER_ENTITY (ID, REALM_ID, USERNAME, FIRST_NAME, LAST_NAME, EMAIL, EMAIL_CONSTRAINT, EMAIL_VERIFIED,
                ENABLED, NOT_BEFORE, CREATED_TIMESTAMP)
            select gen_random_uuid()::text, ?, u, 'First' || n, 'Last' || n, u || '@clinic.example', u || '@clinic.example', true,
                true, 0, 1700000000000 + n
            from (select n, ? || lpad(n::text, 5, '0') as u from generate_series(1, ?) n) numbered""";

    private static final String ROLES = """
            insert into USER_ROLE_MAPPING (USER_ID, ROLE_ID)
            select u.ID, r.DEFAULT_ROLE from USER_ENTITY u join REALM r on r.ID = u.REALM_ID
            where u.REALM_ID = ? and u.USERNAME like ? || '%'""";

    /** Begun now, and each a second later than the one before. */
    private static final String SESSIONS = """
            insert into OFFLINE_USER_SESSION (USER_SESSION_ID, OFFLINE_FLAG, REALM_ID, USER_ID, CREATED_ON, LAST_SESSION_REFRESH,
                DATA, VERSION, REMEMBER_ME)
            select gen_random_uuid()::text, '0', u.REALM_ID, u.ID, s.CREATED_ON + n, s.LAST_SESSION_REFRESH + n, s.DATA, 0, false
            from USER_ENTITY u, OFFLINE_USER_SESSION s, generate_series(1, ?) n
            where u.REALM_ID = ? and u.USERNAME like ? || '%' and s.USER_SESSION_ID = ? and s.OFFLINE_FLAG = '0'""";

    private static final String CLIENT_SESSIONS = """
            insert into OFFLINE_CLIENT_SESSION (USER_SESSION_ID, CLIENT_ID, CLIENT_STORAGE_PROVIDER, EXTERNAL_CLIENT_ID,
                OFFLINE_FLAG, "timestamp", DATA, VERSION, REALM_ID)
            select s.USER_SESSION_ID, c.CLIENT_ID, c.CLIENT_STORAGE_PROVIDER, c.EXTERNAL_CLIENT_ID, '0', s.LAST_SESSION_REFRESH,
                c.DATA, 0, c.REALM_ID
            from USER_ENTITY u join OFFLINE_USER_SESSION s on s.USER_ID = u.ID, OFFLINE_CLIENT_SESSION c
            where u.REALM_ID = ? and u.USERNAME like ? || '%' and c.USER_SESSION_ID = ? and c.OFFLINE_FLAG = '0'""";

    private StaffRows() {}

    /** As many persons, named by the prefix and a number of five digits, with as many sessions each. */
    static void add(TestRealm realm, String prefix, int persons, int sessionsEach) throws SQLException {
        var real = realm.tokens().signIn("nurse").sessionId();
        var database = realm.server().database();
        database.update(USERS, realm.id(), prefix, persons);
        database.update(ROLES, realm.id(), prefix);
        database.update(SESSIONS, sessionsEach, realm.id(), prefix, real);
        database.update(CLIENT_SESSIONS, realm.id(), prefix, real);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("analyze");
        }
    }
}
