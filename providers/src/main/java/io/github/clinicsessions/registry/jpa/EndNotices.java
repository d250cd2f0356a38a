package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.registry.EndedSession;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What clients are to be told of ended sessions, and what has come of it; in the transaction of the Keycloak session it was
 * made for. A notice is due when its session's end is complete, and whoever makes an attempt claims it first.
 */
public final class EndNotices {

    /** For how long the outcome can be read. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** Also what a tombstone's time may be ahead of the clock. */
    private static final long ON_ITS_WAY_MILLIS = 1_000;

    private static final int OUTCOME_LENGTH = 64;

    private final EntityManager entityManager;

    public EndNotices(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Writes them; none is due yet. */
    public void add(Collection<EndNotice> notices) {
        long keptUntil = Time.currentTimeMillis() + KEPT.toMillis();
        notices.forEach(notice -> entityManager.persist(EndNoticeEntity.of(notice, keptUntil)));
    }

    /** Whether there is one of this end. */
    public boolean exist(EndedSession ended) {
        return !query("n.realmId = :realmId and n.terminationId = :terminationId and n.sessionRef = :ref")
                .setParameter("realmId", ended.realmId())
                .setParameter("terminationId", ended.terminationId())
                .setParameter("ref", SessionRef.of(ended.sessionId()))
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * These sessions have ended now: what is to be told of them is due, and access tokens that they got while they were being
     * ended, or that are on their way, live as much longer. Does nothing the second time.
     */
    public void release(String realmId, Collection<EndedSession> ended) {
        long now = Time.currentTimeMillis();
        byTermination(ended).forEach((terminationId, ofOne) -> {
            long begun =
                    ofOne.stream().mapToLong(EndedSession::intendedAt).min().orElse(now);
            InPages.of(refs(ofOne))
                    .forEach(page -> entityManager
                            .createQuery(
                                    "update EndNoticeEntity n set n.endedAt = :now, n.refusesBy = n.refusesBy + :took,"
                                            + " n.nextAttemptAt = case when n.state = :waiting and n.attempts = 0 then :now"
                                            + " else n.nextAttemptAt end"
                                            + " where n.realmId = :realmId and n.terminationId = :terminationId"
                                            + " and n.sessionRef in (:refs) and n.endedAt is null")
                            .setParameter("now", now)
                            .setParameter("took", Math.max(0, now - begun) + ON_ITS_WAY_MILLIS)
                            .setParameter("waiting", EndNotice.State.WAITING)
                            .setParameter("realmId", realmId)
                            .setParameter("terminationId", terminationId)
                            .setParameter("refs", page)
                            .executeUpdate());
        });
    }

    /** Takes back what is not due yet, because it did not happen. */
    public void withdraw(String realmId, Collection<EndedSession> intended) {
        byTermination(intended)
                .forEach((terminationId, ofOne) -> InPages.of(refs(ofOne))
                        .forEach(page -> entityManager
                                .createQuery("delete from EndNoticeEntity n where n.realmId = :realmId"
                                        + " and n.terminationId = :terminationId and n.sessionRef in (:refs)"
                                        + " and n.endedAt is null")
                                .setParameter("realmId", realmId)
                                .setParameter("terminationId", terminationId)
                                .setParameter("refs", page)
                                .executeUpdate()));
    }

    /** Of all realms, the longest due first. */
    public List<EndNotice> due(int limit) {
        return query("n.nextAttemptAt <= :now order by n.nextAttemptAt")
                .setParameter("now", Time.currentTimeMillis())
                .setMaxResults(limit)
                .getResultStream()
                .map(EndNoticeEntity::toRecord)
                .toList();
    }

    /**
     * Begins an attempt, if nobody else has begun it.
     *
     * @param until milliseconds since the epoch; if nothing was recorded by then, the next attempt is due
     * @return whether it is the caller's
     */
    public boolean claim(EndNotice notice, long until) {
        return entityManager
                        .createQuery(
                                "update EndNoticeEntity n set n.attempts = n.attempts + 1, n.nextAttemptAt = :until"
                                        + " where n.id = :id and n.attempts = :attempts and n.state = :waiting")
                        .setParameter("until", until)
                        .setParameter("id", notice.id())
                        .setParameter("attempts", notice.attempts())
                        .setParameter("waiting", EndNotice.State.WAITING)
                        .executeUpdate()
                == 1;
    }

    /** It has not worked this time. */
    public void putOff(String id, String outcome, long nextAttemptAt) {
        EndNoticeEntity entity = entityManager.find(EndNoticeEntity.class, id);
        if (entity != null && entity.state == EndNotice.State.WAITING) {
            entity.outcome = cut(outcome);
            entity.nextAttemptAt = nextAttemptAt;
        }
    }

    /** Nothing more is done about it; what was to be told is forgotten. */
    public void settle(String id, EndNotice.State state, @Nullable String outcome) {
        EndNoticeEntity entity = entityManager.find(EndNoticeEntity.class, id);
        if (entity != null) {
            entity.state = state;
            entity.outcome = outcome == null ? null : cut(outcome);
            entity.answeredAt = state == EndNotice.State.ANSWERED ? Time.currentTimeMillis() : null;
            entity.claims = null;
            entity.nextAttemptAt = null;
        }
    }

    /** What one call has ended of this person's sessions; empty also for what is not theirs, or not kept any more. */
    public List<EndNotice> ofTermination(String realmId, String userId, String terminationId) {
        return query("n.realmId = :realmId and n.terminationId = :terminationId and n.userId = :userId")
                .setParameter("realmId", realmId)
                .setParameter("terminationId", terminationId)
                .setParameter("userId", userId)
                .getResultStream()
                .map(EndNoticeEntity::toRecord)
                .toList();
    }

    /** Deletes what need not be kept and is not to be tried again; answers how many. */
    public int deleteExpired(int limit) {
        List<EndNoticeEntity> expired = query("n.keptUntil < :now and n.nextAttemptAt is null order by n.keptUntil")
                .setParameter("now", Time.currentTimeMillis())
                .setMaxResults(limit)
                .getResultList();
        expired.forEach(entityManager::remove);
        return expired.size();
    }

    private static Map<String, List<EndedSession>> byTermination(Collection<EndedSession> ended) {
        return ended.stream().collect(Collectors.groupingBy(EndedSession::terminationId));
    }

    private static List<String> refs(List<EndedSession> ended) {
        return ended.stream().map(one -> SessionRef.of(one.sessionId())).toList();
    }

    private static String cut(String outcome) {
        return outcome.substring(0, Math.min(OUTCOME_LENGTH, outcome.length()));
    }

    private TypedQuery<EndNoticeEntity> query(String where) {
        return entityManager.createQuery("select n from EndNoticeEntity n where " + where, EndNoticeEntity.class);
    }
}
