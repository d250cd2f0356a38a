package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.chain.ChainHead;
import io.github.clinicsessions.audit.chain.ChainRow;
import io.github.clinicsessions.audit.chain.LedgerChainStore;
import io.github.clinicsessions.audit.chain.Seal;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The chain in Keycloak's database. Reads go past what the entity manager already holds, or before it holds anything. */
final class JpaLedgerChainStore implements LedgerChainStore {

    /**
     * Hibernate's {@code Timeouts.SKIP_LOCKED_MILLI}: a row that somebody else has locked is not found. Not "no wait", whose
     * exception Keycloak's entity manager makes unrecognisable, and after which the transaction can do nothing more.
     */
    private static final int SKIP_LOCKED = -2;

    private final EntityManager entityManager;

    JpaLedgerChainStore(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public List<String> realmsToChain() {
        return query(
                        "select r.id from RealmEntity r where exists (select 1 from ChainedRowEntity l"
                                + " where l.realmId = r.id and l.chainSeq is null and l.state = 'DONE')",
                        String.class)
                .getResultList();
    }

    @Override
    public List<String> realmsWithChain() {
        return query(
                        "select h.realmId from LedgerHeadEntity h"
                                + " where exists (select 1 from RealmEntity r where r.id = h.realmId)",
                        String.class)
                .getResultList();
    }

    /** Of rows that never got a place: from realm to realm along the index, no query reads every row. */
    @Override
    public List<String> deletedRealms() {
        Set<String> deleted = new TreeSet<>(query(
                        "select h.realmId from LedgerHeadEntity h"
                                + " where not exists (select 1 from RealmEntity r where r.id = h.realmId)",
                        String.class)
                .getResultList());
        String realmId = next("");
        while (realmId != null) {
            boolean exists = query("select count(r) from RealmEntity r where r.id = :id", Long.class)
                            .setParameter("id", realmId)
                            .getSingleResult()
                    > 0;
            if (!exists) {
                deleted.add(realmId);
            }
            realmId = next(realmId);
        }
        return List.copyOf(deleted);
    }

    private @Nullable String next(String realmId) {
        return query("select min(l.realmId) from ChainedRowEntity l where l.realmId > :id", String.class)
                .setParameter("id", realmId)
                .getSingleResult();
    }

    @Override
    public ChainHead head(String realmId) {
        LedgerHeadEntity head = entityManager.find(LedgerHeadEntity.class, realmId);
        return head == null ? ChainHead.NONE : ChainEntities.toHead(head);
    }

    @Override
    public Optional<ChainHead> lockHead(String realmId) {
        boolean exists = query("select count(h) from LedgerHeadEntity h where h.realmId = :realmId", Long.class)
                        .setParameter("realmId", realmId)
                        .getSingleResult()
                > 0;
        if (!exists) {
            return Optional.of(ChainEntities.toHead(makeHead(realmId)));
        }
        return query("select h from LedgerHeadEntity h where h.realmId = :realmId", LedgerHeadEntity.class)
                .setParameter("realmId", realmId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultStream()
                .findFirst()
                .map(ChainEntities::toHead);
    }

    /** Where the rows say that the chain ends. Of two nodes that make it, the primary key lets one commit. */
    private LedgerHeadEntity makeHead(String realmId) {
        LedgerHeadEntity head = new LedgerHeadEntity();
        head.realmId = realmId;
        first(query(
                                "select l from ChainedRowEntity l where l.realmId = :realmId and l.chainSeq is not null"
                                        + " order by l.chainSeq desc",
                                ChainedRowEntity.class)
                        .setParameter("realmId", realmId))
                .ifPresent(row -> {
                    head.seq = ChainEntities.toRow(row).seq();
                    head.hash = row.chainHash;
                });
        head.sealNo = lastSeal(realmId).map(Seal::no).orElse(0L);
        entityManager.persist(head);
        entityManager.flush();
        return head;
    }

    @Override
    public ChainHead append(String realmId, ChainHead head, int limit) {
        List<ChainedRowEntity> rows = query(
                        "select l from ChainedRowEntity l where l.realmId = :realmId and l.chainSeq is null"
                                + " and l.state = 'DONE' order by l.occurredAt, l.id",
                        ChainedRowEntity.class)
                .setParameter("realmId", realmId)
                .setMaxResults(limit)
                .getResultList();
        long seq = head.seq();
        String hash = head.hash();
        for (ChainedRowEntity row : rows) {
            seq++;
            row.chainSeq = seq;
            row.chainPrevious = hash;
            hash = ChainEntities.toStored(row).hash(seq, hash);
            row.chainHash = hash;
        }
        LedgerHeadEntity entity = entityManager.find(LedgerHeadEntity.class, realmId);
        entity.seq = seq;
        entity.hash = hash;
        return ChainEntities.toHead(entity);
    }

    @Override
    public List<ChainRow> rows(String realmId, long afterSeq, @Nullable String afterId, int limit) {
        String where =
                afterId == null ? "l.chainSeq > :seq" : "(l.chainSeq > :seq or (l.chainSeq = :seq and l.id > :id))";
        TypedQuery<ChainedRowEntity> query = query(
                        "select l from ChainedRowEntity l where l.realmId = :realmId and " + where
                                + " order by l.chainSeq, l.id",
                        ChainedRowEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("seq", afterSeq)
                .setMaxResults(limit);
        if (afterId != null) {
            query.setParameter("id", afterId);
        }
        return query.getResultStream().map(ChainEntities::toRow).toList();
    }

    @Override
    public List<Seal> seals(String realmId, long afterNo, int limit) {
        return seals(realmId, "s.sealNo > :value order by s.sealNo", afterNo, limit);
    }

    @Override
    public Optional<Seal> lastSeal(String realmId) {
        return seals(realmId, "s.sealNo > :value order by s.sealNo desc", Long.MIN_VALUE, 1).stream()
                .findFirst();
    }

    @Override
    public long sealedUpTo(String realmId) {
        Long last = query("select max(s.uptoSeq) from LedgerSealEntity s where s.realmId = :realmId", Long.class)
                .setParameter("realmId", realmId)
                .getSingleResult();
        return last == null ? 0 : last;
    }

    @Override
    public Optional<Seal> lastCut(String realmId) {
        return seals(
                        realmId,
                        "s.kind = 'CUT' and s.uptoSeq > :value order by s.uptoSeq desc, s.sealNo desc",
                        Long.MIN_VALUE,
                        1)
                .stream()
                .findFirst();
    }

    @Override
    public void addSeal(Seal seal) {
        entityManager.persist(ChainEntities.toEntity(seal));
        entityManager.find(LedgerHeadEntity.class, seal.realmId()).sealNo = seal.no();
    }

    @Override
    public long countUnchained(String realmId) {
        return query(
                        "select count(l) from ChainedRowEntity l where l.realmId = :realmId and l.chainSeq is null",
                        Long.class)
                .setParameter("realmId", realmId)
                .getSingleResult();
    }

    @Override
    public long countUpTo(String realmId, long seq) {
        return query(
                        "select count(l) from ChainedRowEntity l where l.realmId = :realmId and l.chainSeq <= :seq",
                        Long.class)
                .setParameter("realmId", realmId)
                .setParameter("seq", seq)
                .getSingleResult();
    }

    @Override
    public Optional<Seal> lastSealBefore(String realmId, long occurredBefore) {
        long young = first(query(
                                "select l.chainSeq from ChainedRowEntity l where l.realmId = :realmId"
                                        + " and l.chainSeq is not null and l.occurredAt >= :before order by l.chainSeq",
                                Long.class)
                        .setParameter("realmId", realmId)
                        .setParameter("before", occurredBefore))
                .orElse(Long.MAX_VALUE);
        return seals(
                        realmId,
                        "s.kind = 'ROWS' and s.uptoSeq > 0 and s.uptoSeq < :value"
                                + " order by s.uptoSeq desc, s.sealNo desc",
                        young,
                        1)
                .stream()
                .findFirst();
    }

    @Override
    public int deleteUpTo(String realmId, long seq, int limit) {
        return deleteRows(
                realmId,
                query(
                                "select l.id from ChainedRowEntity l where l.realmId = :realmId and l.chainSeq <= :seq"
                                        + " order by l.chainSeq",
                                String.class)
                        .setParameter("realmId", realmId)
                        .setParameter("seq", seq)
                        .setMaxResults(limit));
    }

    @Override
    public int deleteUnchained(String realmId, long occurredBefore, int limit) {
        return deleteRows(
                realmId,
                query(
                                "select l.id from ChainedRowEntity l where l.realmId = :realmId and l.chainSeq is null"
                                        + " and l.occurredAt < :before order by l.occurredAt",
                                String.class)
                        .setParameter("realmId", realmId)
                        .setParameter("before", occurredBefore)
                        .setMaxResults(limit));
    }

    private int deleteRows(String realmId, TypedQuery<String> ids) {
        List<String> found = ids.getResultList();
        if (found.isEmpty()) {
            return 0;
        }
        int deleted = entityManager
                .createQuery("delete from ChainedRowEntity l where l.id in (:ids)")
                .setParameter("ids", found)
                .executeUpdate();
        ClinicRows.removeOrphans(entityManager, realmId, found);
        return deleted;
    }

    @Override
    public int deleteSealsBefore(String realmId, long anchorSeq, int limit) {
        List<Long> found = query(
                        "select s.sealNo from LedgerSealEntity s where s.realmId = :realmId and s.sealNo <"
                                + " (select min(a.sealNo) from LedgerSealEntity a where a.realmId = :realmId"
                                + " and a.kind = 'ROWS' and a.uptoSeq = :seq) order by s.sealNo",
                        Long.class)
                .setParameter("realmId", realmId)
                .setParameter("seq", anchorSeq)
                .setMaxResults(limit)
                .getResultList();
        return found.isEmpty()
                ? 0
                : entityManager
                        .createQuery(
                                "delete from LedgerSealEntity s where s.realmId = :realmId and s.sealNo in (:numbers)")
                        .setParameter("realmId", realmId)
                        .setParameter("numbers", found)
                        .executeUpdate();
    }

    @Override
    public void forget(String realmId) {
        for (String entity : List.of("LedgerSealEntity", "LedgerHeadEntity")) {
            entityManager
                    .createQuery("delete from " + entity + " e where e.realmId = :realmId")
                    .setParameter("realmId", realmId)
                    .executeUpdate();
        }
    }

    private List<Seal> seals(String realmId, String which, long value, int limit) {
        return query("select s from LedgerSealEntity s where s.realmId = :realmId and " + which, LedgerSealEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("value", value)
                .setMaxResults(limit)
                .getResultStream()
                .map(ChainEntities::toSeal)
                .toList();
    }

    private <T> TypedQuery<T> query(String jpql, Class<T> type) {
        return entityManager.createQuery(jpql, type);
    }

    private static <T> Optional<T> first(TypedQuery<T> query) {
        return query.setMaxResults(1).getResultStream().findFirst();
    }
}
