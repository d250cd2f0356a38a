package io.github.clinicsessions.it;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The ledger read past Keycloak, by SQL: what is stored, not what our code says is stored. */
public final class Ledger {

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    private final Database database;

    Ledger(Database database) {
        this.database = database;
    }

    /** The rows about one person, oldest first. */
    public List<LedgerRow> rows(String realmId, String userId) {
        return query("REALM_ID = ? AND USER_ID = ?", realmId, userId);
    }

    /** All rows of a realm, oldest first. */
    public List<LedgerRow> rows(String realmId) {
        return query("REALM_ID = ?", realmId);
    }

    /** Rows are written after the request that caused them: waits up to 10 s until they are as expected. */
    public List<LedgerRow> await(String realmId, String userId, Predicate<List<LedgerRow>> expected) {
        return Awaitility.await("ledger rows of " + userId)
                .atMost(WRITTEN_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> rows(realmId, userId), expected);
    }

    /** How the ledger names a session: the SHA-256 of its id, in hex. */
    public static String reference(String sessionId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(sessionId.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<LedgerRow> query(String where, String... values) {
        var sql = "SELECT * FROM CLINIC_SESSION_LEDGER WHERE " + where + " ORDER BY OCCURRED_AT, ID";
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var result = statement.executeQuery()) {
                var rows = new ArrayList<LedgerRow>();
                while (result.next()) {
                    rows.add(LedgerRow.of(result));
                }
                return List.copyOf(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
