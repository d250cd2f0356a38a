package io.github.clinicsessions.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The ledger's chain as somebody with the database's password can read, change and export it. */
final class ChainTables {

    private static final List<String> HASHED = List.of(
            "ID",
            "REALM_ID",
            "CLINIC_IDS",
            "OCCURRED_AT",
            "ACTION",
            "CAUSE",
            "USER_ID",
            "USERNAME",
            "SESSION_REF",
            "ACTOR_TYPE",
            "ACTOR_ID",
            "ACTOR_NAME",
            "DEVICE",
            "IP_ADDRESS",
            "COUNTRY",
            "DETAILS",
            "STATE");

    private final Database database;
    private final String realmId;

    ChainTables(Database database, String realmId) {
        this.database = database;
        this.realmId = realmId;
    }

    /** Work that may fail with what JDBC throws. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Runs the work, then puts the realm's rows and seals back as they were. */
    void restoring(Work work) throws Exception {
        var tables = List.of("CLINIC_SESSION_LEDGER", "CLINIC_LEDGER_SEAL");
        for (var table : tables) {
            execute("CREATE TABLE COPY_OF_" + table + " AS SELECT * FROM " + table + " WHERE REALM_ID = ?", realmId);
        }
        try {
            work.run();
        } finally {
            restore(tables);
        }
    }

    /** In one transaction: the server's tasks go on meanwhile, and none of them may see an empty ledger. */
    private void restore(List<String> tables) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            for (var table : tables) {
                try (var delete = connection.prepareStatement("DELETE FROM " + table + " WHERE REALM_ID = ?")) {
                    delete.setString(1, realmId);
                    delete.executeUpdate();
                }
                try (var statement = connection.createStatement()) {
                    statement.executeUpdate("INSERT INTO " + table + " SELECT * FROM COPY_OF_" + table);
                    statement.executeUpdate("DROP TABLE COPY_OF_" + table);
                }
            }
            connection.commit();
        }
    }

    int execute(String sql, Object... values) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** A row's id by its place. */
    String idAt(long seq) throws SQLException {
        return one("SELECT ID FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ? AND CHAIN_SEQ = " + seq);
    }

    /** The first value of the first row of a query whose one parameter is the realm. */
    String one(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, realmId);
            try (var result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new AssertionError("nothing: " + sql);
                }
                return String.valueOf(result.getString(1));
            }
        }
    }

    /** A row as our code would have written it at that time; not chained yet. */
    String insert(long occurredAt) throws SQLException {
        var id = UUID.randomUUID().toString();
        execute(
                "INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, CLINIC_IDS, OCCURRED_AT, ACTION, USER_ID, USERNAME,"
                        + " ACTOR_TYPE, STATE) VALUES (?, ?, ?, ?, 'SESSION_STARTED', 'someone', 'S\u00f6me, \"one\"', 'SELF',"
                        + " 'DONE')",
                id,
                realmId,
                realmId,
                occurredAt);
        return id;
    }

    /** Hashes every row from a place on anew, as one would who has read docs/ledger.md. */
    void hashAnew(long fromSeq) throws SQLException {
        try (var connection = database.connect();
                var rows = connection.prepareStatement("SELECT * FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ?"
                        + " AND CHAIN_SEQ >= ? ORDER BY CHAIN_SEQ")) {
            rows.setString(1, realmId);
            rows.setLong(2, fromSeq);
            try (var row = rows.executeQuery()) {
                String previous = null;
                while (row.next()) {
                    previous = row.getLong("CHAIN_SEQ") == fromSeq ? row.getString("CHAIN_PREVIOUS") : previous;
                    var hash = hash(row, previous);
                    update(connection, row.getString("ID"), previous, hash);
                    previous = hash;
                }
            }
        }
    }

    private static void update(Connection connection, String id, @Nullable String previous, String hash)
            throws SQLException {
        try (var update = connection.prepareStatement(
                "UPDATE CLINIC_SESSION_LEDGER SET CHAIN_PREVIOUS = ?, CHAIN_HASH = ? WHERE ID = ?")) {
            update.setString(1, previous);
            update.setString(2, hash);
            update.setString(3, id);
            update.executeUpdate();
        }
    }

    private static String hash(ResultSet row, @Nullable String previous) throws SQLException {
        var fields = new ArrayList<@Nullable String>(List.of("clinic-ledger-row-1", row.getString("CHAIN_SEQ")));
        fields.add(previous);
        for (var column : HASHED) {
            fields.add(row.getString(column));
        }
        var text = new StringBuilder();
        for (var field : fields) {
            text.append(field == null ? "-" : field.getBytes(StandardCharsets.UTF_8).length + ":" + field);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By the very queries of docs/ledger.md. */
    void export(Path rows, Path seals) throws SQLException {
        copy("SELECT * FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = '" + realmId + "' ORDER BY CHAIN_SEQ, ID", rows);
        copy("SELECT * FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = '" + realmId + "' ORDER BY SEAL_NO", seals);
    }

    private void copy(String query, Path file) throws SQLException {
        try (var connection = database.connect();
                var out = Files.newOutputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query + ") TO STDOUT WITH (FORMAT csv, HEADER)", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
