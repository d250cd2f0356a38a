package io.github.clinicsessions.it;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Writes entries into a realm's feed as another server of the cluster would: this one hears of them only from the database.
 * The realm's feed is begun where it has none.
 */
final class FeedRows {

    private static final long KEPT_MILLIS = 600_000;

    private final TestRealm realm;

    FeedRows(TestRealm realm) {
        this.realm = realm;
    }

    /** Adds one that ended now; answers its session id. */
    String add(String userId) {
        var sid = UUID.randomUUID().toString();
        add(userId, sid, System.currentTimeMillis(), System.currentTimeMillis() + KEPT_MILLIS);
        return sid;
    }

    /** Adds one; times are milliseconds since the epoch. */
    void add(String userId, String sid, long endedAt, long keptUntil) {
        try (var connection = realm.server().database().connect()) {
            connection.setAutoCommit(false);
            var seq = next(connection);
            insert(connection, userId, sid, endedAt, keptUntil, seq);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds many at once that ended now; their session ids begin with the prefix. */
    void addMany(String userId, String prefix, int count) {
        try (var connection = realm.server().database().connect()) {
            connection.setAutoCommit(false);
            var now = System.currentTimeMillis();
            for (var i = 0; i < count; i++) {
                insert(connection, userId, prefix + i, now, now + KEPT_MILLIS, next(connection));
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As docs/feed.md tells to do after a backup was restored. */
    void beginAnew() {
        update("update CLINIC_FEED_HEAD set EPOCH = '00000000deadbeef' where REALM_ID = ?");
    }

    void clear() {
        update("delete from CLINIC_ENDED_SESSION where REALM_ID = ?");
        update("delete from CLINIC_FEED_HEAD where REALM_ID = ?");
    }

    private long next(Connection connection) throws SQLException {
        try (var update =
                connection.prepareStatement("insert into CLINIC_FEED_HEAD (REALM_ID, EPOCH, SEQ) values (?, ?, 1)"
                        + " on conflict (REALM_ID) do update set SEQ = CLINIC_FEED_HEAD.SEQ + 1 returning SEQ")) {
            update.setString(1, realm.id());
            update.setString(2, UUID.randomUUID().toString().replace("-", "").substring(16));
            try (var row = update.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void insert(Connection connection, String userId, String sid, long endedAt, long keptUntil, long seq)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into CLINIC_ENDED_SESSION (REALM_ID, SESSION_ID, STARTED_AT, USER_ID, LEDGER_ROW_ID, TERMINATION_ID,"
                        + " INTENDED_AT, ENDED_AT, SEQ, KEPT_UNTIL) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, realm.id());
            insert.setString(2, sid);
            insert.setLong(3, (endedAt - 60_000) / 1_000 * 1_000);
            insert.setString(4, userId);
            insert.setString(5, UUID.randomUUID().toString());
            insert.setString(6, UUID.randomUUID().toString());
            insert.setLong(7, endedAt);
            insert.setLong(8, endedAt);
            insert.setLong(9, seq);
            insert.setLong(10, keptUntil);
            insert.executeUpdate();
        }
    }

    private void update(String sql) {
        try (var connection = realm.server().database().connect();
                var update = connection.prepareStatement(sql)) {
            update.setString(1, realm.id());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
