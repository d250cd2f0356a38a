package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.PrivateTo;
import io.github.clinicsessions.audit.jpa.SessionLedgerEntity.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/** The ledger's entities as the records that leave this package, and back. */
final class LedgerEntities {

    private static final int NAME_LENGTH = 255;
    private static final int DETAILS_LENGTH = 2000;
    private static final int CLINICS_LENGTH = 2000;
    private static final String SEPARATOR = " ";

    private LedgerEntities() {}

    static SessionLedgerEntity toEntity(LedgerRow row, State state) {
        SessionLedgerEntity entity = new SessionLedgerEntity();
        entity.id = row.id();
        entity.realmId = row.realmId();
        entity.clinicIds = cut(String.join(SEPARATOR, row.clinicIds()), CLINICS_LENGTH);
        entity.occurredAt = row.occurredAt();
        entity.action = row.action();
        entity.cause = row.cause();
        entity.userId = row.userId();
        entity.username = cut(row.username(), NAME_LENGTH);
        entity.sessionRef = row.sessionRef();
        entity.actorType = row.actor().type();
        entity.actorId = row.actor().id();
        entity.actorName = cut(row.actor().name(), NAME_LENGTH);
        entity.device = cut(row.device(), NAME_LENGTH);
        entity.ipAddress = row.ipAddress();
        entity.country = row.country();
        entity.details = toJson(row.details());
        entity.state = state;
        return entity;
    }

    static LedgerRow toRow(SessionLedgerEntity entity) {
        return new LedgerRow(
                entity.id,
                entity.realmId,
                clinicIds(entity),
                entity.occurredAt,
                entity.action,
                entity.cause,
                entity.userId,
                entity.username,
                entity.sessionRef,
                new Actor(entity.actorType, entity.actorId, entity.actorName),
                entity.device,
                entity.ipAddress,
                entity.country,
                fromJson(entity.details));
    }

    /** An imported realm's id may have spaces in it. */
    private static List<String> clinicIds(SessionLedgerEntity entity) {
        if (entity.clinicIds == null || entity.clinicIds.isEmpty()) {
            return List.of();
        }
        return entity.clinicIds.equals(entity.realmId)
                ? List.of(entity.realmId)
                : Arrays.asList(entity.clinicIds.split(SEPARATOR, -1));
    }

    /** {@link PrivateTo} comes last, so that a query that looks for what follows its name looks at nothing else. */
    private static @Nullable String toJson(Map<String, String> details) {
        if (details.isEmpty()) {
            return null;
        }
        Map<String, String> ordered = new LinkedHashMap<>(details);
        String privateTo = ordered.remove(PrivateTo.DETAIL);
        if (privateTo != null) {
            ordered.put(PrivateTo.DETAIL, privateTo);
        }
        try {
            String json = JsonSerialization.writeValueAsString(ordered);
            if (json.length() > DETAILS_LENGTH) {
                throw new IllegalArgumentException("details of more than " + DETAILS_LENGTH + " characters");
            }
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // toJson wrote a map of strings
    private static Map<String, String> fromJson(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return JsonSerialization.readValue(json, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
