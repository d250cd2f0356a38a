package io.github.clinicsessions.it;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_SESSION_LEDGER} as it stands in the database. */
public record LedgerRow(
        String id,
        String realmId,
        @Nullable String clinicIds,
        long occurredAt,
        String action,
        @Nullable String cause,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String sessionRef,
        @Nullable String actorType,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String device,
        @Nullable String ipAddress,
        @Nullable String country,
        @Nullable String details,
        @Nullable String state) {

    static LedgerRow of(ResultSet row) throws SQLException {
        return new LedgerRow(
                row.getString("ID"),
                row.getString("REALM_ID"),
                row.getString("CLINIC_IDS"),
                row.getLong("OCCURRED_AT"),
                row.getString("ACTION"),
                row.getString("CAUSE"),
                row.getString("USER_ID"),
                row.getString("USERNAME"),
                row.getString("SESSION_REF"),
                row.getString("ACTOR_TYPE"),
                row.getString("ACTOR_ID"),
                row.getString("ACTOR_NAME"),
                row.getString("DEVICE"),
                row.getString("IP_ADDRESS"),
                row.getString("COUNTRY"),
                row.getString("DETAILS"),
                row.getString("STATE"));
    }
}
