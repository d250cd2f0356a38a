package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.registry.IdleCandidate;
import io.github.clinicsessions.registry.RegisteredSession;
import io.github.clinicsessions.registry.SessionActivity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Of the registered sessions: when a human was last reported, and when to look next whether they are idle too long. In the
 * transaction of the Keycloak session it was made for.
 */
public final class Activities {

    /** For {@link #lookAgain}. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Of the column. */
    private static final int LONGEST_CLIENTS = 2_000;

    private final EntityManager entityManager;

    public Activities(KeycloakSession session) {
        this(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    Activities(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** By session id; sessions that are not registered are left out. One query for each 500. */
    public Map<String, SessionActivity> of(String realmId, Collection<String> sessionIds) {
        return rows(realmId, sessionIds).collect(Collectors.toMap(one -> one.sessionId, LivingSessionEntity::activity));
    }

    /** The same, with how they began. */
    public Map<String, RegisteredSession> registered(String realmId, Collection<String> sessionIds) {
        return rows(realmId, sessionIds)
                .collect(Collectors.toMap(
                        one -> one.sessionId, one -> new RegisteredSession(one.activity(), one.arrival())));
    }

    private Stream<LivingSessionEntity> rows(String realmId, Collection<String> sessionIds) {
        return InPages.of(sessionIds)
                .flatMap(page -> entityManager
                        .createQuery(
                                "select l from LivingSessionEntity l where l.realmId = :realmId and l.sessionId in (:ids)",
                                LivingSessionEntity.class)
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .getResultStream());
    }

    /**
     * What has been reported in the sessions of these persons, by session id; sessions without a report are left out. One query
     * for each 500.
     */
    public Map<String, SessionActivity> ofUsers(String realmId, Collection<String> userIds) {
        return InPages.of(userIds)
                .flatMap(page -> entityManager
                        .createQuery(
                                "select l from LivingSessionEntity l where l.realmId = :realmId and l.userId in (:ids)"
                                        + " and l.lastBeatAt > 0",
                                LivingSessionEntity.class)
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .getResultStream())
                .collect(Collectors.toMap(one -> one.sessionId, LivingSessionEntity::activity));
    }

    /**
     * Stores beats; a later one that is stored already stays. The rows are locked until the transaction ends: nothing of them may
     * have been read in it before. One query for each 500 sessions, and their changes in batches.
     *
     * @return those whose session is not registered (yet)
     */
    public List<Beat> store(Collection<Beat> beats) {
        Map<String, Map<String, List<Beat>>> bySession = beats.stream()
                .collect(Collectors.groupingBy(
                        Beat::realmId,
                        TreeMap::new,
                        Collectors.groupingBy(Beat::sessionId, TreeMap::new, Collectors.toList())));
        List<Beat> unknown = new ArrayList<>();
        bySession.forEach((realmId, ofRealm) -> InPages.of(ofRealm.keySet()).forEach(page -> {
            Map<String, LivingSessionEntity> rows = lock(realmId, page);
            for (String sessionId : page) {
                List<Beat> ofSession = ofRealm.getOrDefault(sessionId, List.of());
                LivingSessionEntity row = rows.get(sessionId);
                if (row == null) {
                    unknown.addAll(ofSession);
                } else {
                    ofSession.forEach(beat -> put(row, beat));
                }
            }
        }));
        return unknown;
    }

    /** In one order on every node, so that no two wait for each other. */
    private Map<String, LivingSessionEntity> lock(String realmId, List<String> sessionIds) {
        return entityManager
                .createQuery(
                        "select l from LivingSessionEntity l where l.realmId = :realmId and l.sessionId in (:ids)"
                                + " order by l.sessionId",
                        LivingSessionEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("ids", sessionIds)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .collect(Collectors.toMap(one -> one.sessionId, one -> one));
    }

    private static void put(LivingSessionEntity row, Beat beat) {
        if (beat.at() < row.startedAt) {
            return; // of an earlier session: Keycloak uses an id again
        }
        row.lastBeatAt = Math.max(row.lastBeatAt, beat.at());
        if (beat.clientId() != null) {
            row.reportingClients = with(row.reportingClients, beat.clientId());
        }
    }

    static String with(@Nullable String clients, String clientId) {
        TreeSet<String> all = clients == null ? new TreeSet<>() : new TreeSet<>(Arrays.asList(clients.split(",")));
        all.add(clientId);
        String text = String.join(",", all);
        return text.length() <= LONGEST_CLIENTS || clients == null ? text : clients;
    }

    /**
     * Those that somebody has to look at, the longest due first.
     *
     * @param until milliseconds since the epoch
     */
    public List<IdleCandidate> due(String realmId, long until, int limit) {
        return entityManager
                .createQuery(
                        "select l from LivingSessionEntity l where l.realmId = :realmId and l.idleDueAt <= :until"
                                + " order by l.idleDueAt",
                        LivingSessionEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("until", until)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new IdleCandidate(row.toRecord(), row.idleDueAt, row.activity()))
                .toList();
    }

    /**
     * When to look at sessions again; one of which somebody has said meanwhile that it is to be looked at at once stays so.
     *
     * @param dueAt milliseconds since the epoch, or {@link #NEVER}
     */
    public void lookAgain(String realmId, Map<IdleCandidate, Long> dueAt) {
        dueAt.entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getKey().session().sessionId()))
                .forEach(one -> entityManager
                        .createQuery("update LivingSessionEntity l set l.idleDueAt = :at where l.realmId = :realmId"
                                + " and l.sessionId = :sessionId and l.idleDueAt = :seen")
                        .setParameter("at", one.getValue())
                        .setParameter("realmId", realmId)
                        .setParameter("sessionId", one.getKey().session().sessionId())
                        .setParameter("seen", one.getKey().dueAt())
                        .executeUpdate());
    }

    /** All of the person are to be looked at: another rule may count for them now. */
    public void lookAtOnce(String realmId, String userId) {
        entityManager
                .createQuery("update LivingSessionEntity l set l.idleDueAt = :atOnce where l.realmId = :realmId"
                        + " and l.userId = :userId")
                .setParameter("atOnce", atOnce())
                .setParameter("realmId", realmId)
                .setParameter("userId", userId)
                .executeUpdate();
    }

    /** All of the realm are to be looked at: other rules may count for whomever. */
    public void lookAtAll(String realmId) {
        entityManager
                .createQuery("update LivingSessionEntity l set l.idleDueAt = :atOnce where l.realmId = :realmId")
                .setParameter("atOnce", atOnce())
                .setParameter("realmId", realmId)
                .executeUpdate();
    }

    /**
     * Nobody has to look at it any more: what is left of it is offline access. A new online session of the id that registers is
     * looked at again. Locks the row.
     *
     * @return whether this has not been said before
     */
    public boolean leave(String realmId, String sessionId) {
        int left = entityManager
                .createQuery("update LivingSessionEntity l set l.idleDueAt = :never where l.realmId = :realmId"
                        + " and l.sessionId = :sessionId and l.idleDueAt < :never")
                .setParameter("never", NEVER)
                .setParameter("realmId", realmId)
                .setParameter("sessionId", sessionId)
                .executeUpdate();
        return left > 0 || entityManager.find(LivingSessionEntity.class, new SessionKey(realmId, sessionId)) == null;
    }

    /**
     * If the realm's rules are others than at the last call, all of its sessions are to be looked at.
     *
     * @param revision of the rules, 64 characters at most
     * @return whether they are others
     */
    public boolean rulesAre(String realmId, String revision) {
        IdleHeadEntity head = entityManager.find(IdleHeadEntity.class, realmId);
        if (head != null && head.revision.equals(revision)) {
            return false;
        }
        if (head == null) {
            head = new IdleHeadEntity();
            head.realmId = realmId;
            head.revision = revision;
            entityManager.persist(head);
        } else {
            head.revision = revision;
        }
        lookAtAll(realmId);
        return true;
    }

    /** Long due, and another time than was there before: whoever is looking at the moment must notice. */
    private static long atOnce() {
        return -Time.currentTimeMillis();
    }
}
