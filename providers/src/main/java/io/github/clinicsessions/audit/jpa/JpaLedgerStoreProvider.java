package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.audit.chain.LedgerChainStore;
import io.github.clinicsessions.audit.jpa.SessionLedgerEntity.State;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.util.JsonSerialization;

/** The ledger in Keycloak's database, through the request's own entity manager. */
final class JpaLedgerStoreProvider implements LedgerStoreProvider {

    private static final int NAME_LENGTH = 255;
    private static final int DETAILS_LENGTH = 2000;
    private static final int CLINICS_LENGTH = 2000;
    private static final int PAGE = 500;
    private static final String SEPARATOR = " ";

    private final EntityManager entityManager;

    JpaLedgerStoreProvider(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public void append(LedgerRow row) {
        SessionLedgerEntity existing = entityManager.find(SessionLedgerEntity.class, row.id());
        if (existing == null) {
            entityManager.persist(toEntity(row, State.DONE));
        } else {
            existing.state = State.DONE;
        }
    }

    @Override
    public void appendPending(LedgerRow row) {
        entityManager.persist(toEntity(row, State.PENDING));
    }

    @Override
    public void complete(String realmId, Set<String> rowIds) {
        for (List<String> page : pages(rowIds)) {
            entityManager
                    .createQuery("update SessionLedgerEntity l set l.state = :done"
                            + " where l.realmId = :realmId and l.id in (:ids) and l.state = :pending")
                    .setParameter("done", State.DONE)
                    .setParameter("pending", State.PENDING)
                    .setParameter("realmId", realmId)
                    .setParameter("ids", page)
                    .executeUpdate();
        }
    }

    @Override
    public void withdraw(String realmId, Set<String> rowIds) {
        for (List<String> page : pages(rowIds)) {
            entityManager
                    .createQuery("delete from SessionLedgerEntity l"
                            + " where l.realmId = :realmId and l.id in (:ids) and l.state = :pending")
                    .setParameter("pending", State.PENDING)
                    .setParameter("realmId", realmId)
                    .setParameter("ids", page)
                    .executeUpdate();
        }
    }

    @Override
    public Optional<LedgerRow> findStart(String realmId, String userId, String sessionRef) {
        return entityManager
                .createQuery(
                        "select l from SessionLedgerEntity l"
                                + " where l.realmId = :realmId and l.sessionRef = :sessionRef"
                                + " and l.userId = :userId and l.action = :started order by l.occurredAt desc",
                        SessionLedgerEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("sessionRef", sessionRef)
                .setParameter("userId", userId)
                .setParameter("started", LedgerAction.SESSION_STARTED)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(JpaLedgerStoreProvider::toRow);
    }

    @Override
    public boolean hasEnded(String realmId, String userId, String sessionRef) {
        return entityManager
                        .createQuery(
                                "select count(l) from SessionLedgerEntity l where l.realmId = :realmId"
                                        + " and l.sessionRef = :sessionRef and l.userId = :userId and l.action = :ended",
                                Long.class)
                        .setParameter("realmId", realmId)
                        .setParameter("sessionRef", sessionRef)
                        .setParameter("userId", userId)
                        .setParameter("ended", LedgerAction.SESSION_ENDED)
                        .getSingleResult()
                > 0;
    }

    @Override
    public LedgerChainStore chain() {
        return new JpaLedgerChainStore(entityManager);
    }

    @Override
    public void close() {
        // the entity manager is Keycloak's
    }

    /** Databases take a limited number of values in a list. */
    private static List<List<String>> pages(Set<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            pages.add(all.subList(from, Math.min(all.size(), from + PAGE)));
        }
        return pages;
    }

    private static SessionLedgerEntity toEntity(LedgerRow row, State state) {
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

    private static LedgerRow toRow(SessionLedgerEntity entity) {
        return new LedgerRow(
                entity.id,
                entity.realmId,
                entity.clinicIds == null || entity.clinicIds.isEmpty()
                        ? List.of()
                        : Arrays.asList(entity.clinicIds.split(SEPARATOR, -1)),
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

    private static @Nullable String toJson(Map<String, String> details) {
        if (details.isEmpty()) {
            return null;
        }
        try {
            String json = JsonSerialization.writeValueAsString(details);
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
