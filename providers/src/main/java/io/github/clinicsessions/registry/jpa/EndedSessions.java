package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.FeedEntry;
import io.github.clinicsessions.registry.FeedHead;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Tombstones, and the feed that APIs read of them; in the transaction of the Keycloak session it was made for. Of two
 * transactions that write a tombstone of the same session, or a realm's first one, the primary key lets one commit: whoever
 * writes must be ready to try again.
 */
public final class EndedSessions {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int EPOCH_BYTES = 8;
    private static final long SECOND = 1_000;

    private final EntityManager entityManager;

    public EndedSessions(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The tombstones of these session ids, of whichever of their sessions. */
    public List<EndedSession> find(String realmId, Collection<String> sessionIds) {
        return InPages.of(sessionIds)
                .flatMap(page -> query("e.realmId = :realmId and e.sessionId in (:ids)")
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .getResultStream())
                .map(EndedSessionEntity::toRecord)
                .toList();
    }

    /** Writes a tombstone; whoever calls has looked whether there is one. */
    public void add(EndedSession ended) {
        entityManager.persist(EndedSessionEntity.of(ended));
    }

    /**
     * Marks as ended what is not yet, and gives it its places in the feed.
     *
     * @param endedAt milliseconds since the epoch: tokens that were issued until then are refused
     * @param keptUntil the same; until then tokens of the sessions may be around
     * @return how many
     */
    public int complete(String realmId, Collection<EndedSession> ended, long endedAt, long keptUntil) {
        FeedHeadEntity head = lockHead(realmId);
        int completed = 0;
        for (EndedSessionEntity entity : entities(realmId, ended)) {
            // Read under the lock, which everybody holds who completes.
            if (entity.endedAt == null) {
                head.seq++;
                entity.seq = head.seq;
                entity.endedAt = Math.max(endedAt, beginOfSecond(entity.intendedAt));
                entity.keptUntil = keptUntil;
                completed++;
            }
        }
        return completed;
    }

    /** Takes back tombstones of what did not happen. */
    public void withdraw(String realmId, Collection<EndedSession> intended) {
        entities(realmId, intended).stream()
                .filter(entity -> entity.endedAt == null)
                .forEach(entityManager::remove);
    }

    /**
     * What was begun and is not finished, oldest first.
     *
     * @param intendedBefore milliseconds since the epoch
     */
    public List<EndedSession> unfinished(long intendedBefore, int limit) {
        // By the index of what is kept until when: what is not done is kept for ever.
        return query("e.keptUntil = :forEver and e.endedAt is null and e.intendedAt < :before order by e.intendedAt")
                .setParameter("forEver", Long.MAX_VALUE)
                .setParameter("before", intendedBefore)
                .setMaxResults(limit)
                .getResultStream()
                .map(EndedSessionEntity::toRecord)
                .toList();
    }

    /** What one call has ended of this person's sessions. */
    public List<EndedSession> ofTermination(String realmId, String userId, String terminationId) {
        return query("e.realmId = :realmId and e.terminationId = :terminationId and e.userId = :userId")
                .setParameter("realmId", realmId)
                .setParameter("terminationId", terminationId)
                .setParameter("userId", userId)
                .getResultStream()
                .map(EndedSessionEntity::toRecord)
                .toList();
    }

    /** Where the feed ends now. */
    public FeedHead head(String realmId) {
        FeedHeadEntity head = entityManager.find(FeedHeadEntity.class, realmId);
        return head == null ? FeedHead.NONE : new FeedHead(head.epoch, head.seq);
    }

    /** The same for several realms, one query; a realm without a feed is left out. */
    public Map<String, FeedHead> heads(Collection<String> realmIds) {
        return InPages.of(realmIds)
                .flatMap(page -> entityManager
                        .createQuery("select h from FeedHeadEntity h where h.realmId in (:ids)", FeedHeadEntity.class)
                        .setParameter("ids", page)
                        .getResultStream())
                .collect(Collectors.toMap(head -> head.realmId, head -> new FeedHead(head.epoch, head.seq)));
    }

    /** Entries after a place, in their order. */
    public List<FeedEntry> feed(String realmId, long afterSeq, int limit) {
        return query("e.realmId = :realmId and e.seq > :after order by e.seq")
                .setParameter("realmId", realmId)
                .setParameter("after", afterSeq)
                .setMaxResults(limit)
                .getResultStream()
                .map(entity -> new FeedEntry(
                        entity.seq == null ? 0 : entity.seq,
                        entity.sessionId,
                        entity.userId,
                        entity.endedAt == null ? 0 : entity.endedAt))
                .toList();
    }

    /** Deletes those of which nothing can be valid any more; answers how many. */
    public int deleteExpired(int limit) {
        List<EndedSessionEntity> expired = query("e.keptUntil < :now order by e.keptUntil")
                .setParameter("now", Time.currentTimeMillis())
                .setMaxResults(limit)
                .getResultList();
        expired.forEach(entityManager::remove);
        return expired.size();
    }

    /** Of a session that began by a clock ahead of this one's, tokens are refused all the same: they count whole seconds. */
    private static long beginOfSecond(long millis) {
        return millis / SECOND * SECOND;
    }

    private FeedHeadEntity lockHead(String realmId) {
        FeedHeadEntity head = entityManager.find(FeedHeadEntity.class, realmId, LockModeType.PESSIMISTIC_WRITE);
        if (head == null) {
            head = new FeedHeadEntity();
            head.realmId = realmId;
            byte[] epoch = new byte[EPOCH_BYTES];
            RANDOM.nextBytes(epoch);
            head.epoch = HexFormat.of().formatHex(epoch);
            entityManager.persist(head);
            entityManager.flush();
        }
        return head;
    }

    private List<EndedSessionEntity> entities(String realmId, Collection<EndedSession> ended) {
        var wanted = ended.stream()
                .collect(Collectors.groupingBy(
                        EndedSession::sessionId, Collectors.mapping(EndedSession::startedAt, Collectors.toSet())));
        return InPages.of(wanted.keySet())
                .flatMap(page -> query("e.realmId = :realmId and e.sessionId in (:ids)")
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .getResultStream())
                .filter(entity ->
                        wanted.getOrDefault(entity.sessionId, Set.of()).contains(entity.startedAt))
                .toList();
    }

    private TypedQuery<EndedSessionEntity> query(String where) {
        return entityManager.createQuery("select e from EndedSessionEntity e where " + where, EndedSessionEntity.class);
    }
}
