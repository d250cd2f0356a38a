package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerCursor;
import io.github.clinicsessions.audit.LedgerPage;
import io.github.clinicsessions.audit.LedgerQuery;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.audit.chain.LedgerChainStore;
import io.github.clinicsessions.audit.jpa.SessionLedgerEntity.State;
import io.github.clinicsessions.platform.InPages;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ledger in Keycloak's database, through the request's own entity manager. */
final class JpaLedgerStoreProvider implements LedgerStoreProvider {

    private final EntityManager entityManager;

    JpaLedgerStoreProvider(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public void append(LedgerRow row) {
        SessionLedgerEntity existing = entityManager.find(SessionLedgerEntity.class, row.id());
        if (existing == null) {
            persist(row, State.DONE);
        } else {
            existing.state = State.DONE;
        }
    }

    @Override
    public void appendPending(LedgerRow row) {
        persist(row, State.PENDING);
    }

    private void persist(LedgerRow row, State state) {
        entityManager.persist(LedgerEntities.toEntity(row, state));
        ClinicRows.add(entityManager, row);
    }

    @Override
    public void complete(String realmId, Set<String> rowIds) {
        InPages.of(rowIds)
                .forEach(page -> entityManager
                        .createQuery("update SessionLedgerEntity l set l.state = :done"
                                + " where l.realmId = :realmId and l.id in (:ids) and l.state = :pending")
                        .setParameter("done", State.DONE)
                        .setParameter("pending", State.PENDING)
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .executeUpdate());
    }

    @Override
    public void withdraw(String realmId, Set<String> rowIds) {
        InPages.of(rowIds).forEach(page -> {
            entityManager
                    .createQuery("delete from SessionLedgerEntity l"
                            + " where l.realmId = :realmId and l.id in (:ids) and l.state = :pending")
                    .setParameter("pending", State.PENDING)
                    .setParameter("realmId", realmId)
                    .setParameter("ids", page)
                    .executeUpdate();
            ClinicRows.removeOrphans(entityManager, realmId, page);
        });
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
                .map(LedgerEntities::toRow);
    }

    @Override
    public Optional<LedgerRow> findLatest(String realmId, String sessionRef) {
        return entityManager
                .createQuery(
                        "select l from SessionLedgerEntity l"
                                + " where l.realmId = :realmId and l.sessionRef = :sessionRef"
                                + " and l.action in (:actions) and l.state = :done order by l.occurredAt desc",
                        SessionLedgerEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("sessionRef", sessionRef)
                .setParameter("actions", List.of(LedgerAction.SESSION_STARTED, LedgerAction.SESSION_ENDED))
                .setParameter("done", State.DONE)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(LedgerEntities::toRow);
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
    public boolean hasReported(String realmId, String userId, String sessionRef, long since) {
        return entityManager
                        .createQuery(
                                "select count(l) from SessionLedgerEntity l where l.realmId = :realmId"
                                        + " and l.sessionRef = :sessionRef and l.userId = :userId and l.action = :reported"
                                        + " and l.occurredAt >= :since",
                                Long.class)
                        .setParameter("realmId", realmId)
                        .setParameter("sessionRef", sessionRef)
                        .setParameter("userId", userId)
                        .setParameter("reported", LedgerAction.REPORTED)
                        .setParameter("since", since)
                        .getSingleResult()
                > 0;
    }

    @Override
    public LedgerPage page(LedgerQuery query, int first, int max) {
        return new LedgerReader(entityManager).page(query, first, max);
    }

    @Override
    public List<LedgerRow> batch(LedgerQuery query, @Nullable LedgerCursor after, int max) {
        return new LedgerReader(entityManager).batch(query, after, max);
    }

    @Override
    public List<LedgerRow> viewsOf(String realmId, String userId, int max) {
        return entityManager
                .createQuery(
                        "select l from SessionLedgerEntity l where l.realmId = :realmId and l.userId = :userId"
                                + " and l.action = :viewed and l.state = :done order by l.occurredAt desc, l.id desc",
                        SessionLedgerEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("userId", userId)
                .setParameter("viewed", LedgerAction.SESSIONS_VIEWED)
                .setParameter("done", State.DONE)
                .setMaxResults(max)
                .getResultStream()
                .map(LedgerEntities::toRow)
                .toList();
    }

    @Override
    public LedgerChainStore chain() {
        return new JpaLedgerChainStore(entityManager);
    }

    @Override
    public void close() {
        // the entity manager is Keycloak's
    }
}
