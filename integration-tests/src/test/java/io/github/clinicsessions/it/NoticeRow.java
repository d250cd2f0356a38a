package io.github.clinicsessions.it;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_END_NOTICE}, read past Keycloak. */
record NoticeRow(
        String terminationId,
        @Nullable String clientId,
        String state,
        int attempts,
        @Nullable String outcome,
        @Nullable String claims,
        boolean due) {

    /** Of one session of the realm. */
    static List<NoticeRow> of(TestRealm realm, String sessionId) {
        try (var connection = realm.server().database().connect();
                var statement = connection.prepareStatement(
                        "SELECT * FROM CLINIC_END_NOTICE WHERE REALM_ID = ? AND SESSION_REF = ? ORDER BY CLIENT_ID")) {
            statement.setString(1, realm.id());
            statement.setString(2, Ledger.reference(sessionId));
            try (var result = statement.executeQuery()) {
                var rows = new ArrayList<NoticeRow>();
                while (result.next()) {
                    rows.add(new NoticeRow(
                            result.getString("TERMINATION_ID"),
                            result.getString("CLIENT_ID"),
                            result.getString("STATE"),
                            result.getInt("ATTEMPTS"),
                            result.getString("OUTCOME"),
                            result.getString("CLAIMS"),
                            result.getObject("NEXT_ATTEMPT_AT") != null));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
