package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.registry.IdleCandidate;
import io.github.clinicsessions.registry.SessionActivity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Of the registered sessions: when a human was last reported, and when to look next whether they are idle too long. In the
 * transaction of the Keycloak session it was made for.
 */
public final class Activities {

    /** As many ids of 36 characters as the column takes, with their commas. */
    private static final int CLIENTS_AT_MOST = 54;

    private final EntityManager entityManager;

    public Activities(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** By session id; sessions that are not registered are left out. One query for each 500. */
    public Map<String, SessionActivity> of(String realmId, Collection<String> sessionIds) {
        return InPages.of(sessionIds)
                .flatMap(page -> entityManager
                        .createQuery(
                                "select l from LivingSessionEntity l where l.realmId = :realmId and l.sessionId in (:ids)",
                                LivingSessionEntity.class)
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .getResultStream())
                .collect(Collectors.toMap(one -> one.sessionId, LivingSessionEntity::activity));
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
        if (all.size() < CLIENTS_AT_MOST) {
            all.add(clientId);
        }
        return String.join(",", all);
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
     * When to look at these again.
     *
     * @param dueAt by session id; milliseconds since the epoch
     */
    public void lookAgain(String realmId, Map<String, Long> dueAt) {
        new TreeMap<>(dueAt)
                .forEach((sessionId, at) -> entityManager
                        .createQuery("update LivingSessionEntity l set l.idleDueAt = :at where l.realmId = :realmId"
                                + " and l.sessionId = :sessionId")
                        .setParameter("at", at)
                        .setParameter("realmId", realmId)
                        .setParameter("sessionId", sessionId)
                        .executeUpdate());
    }

    /** All of the person are to be looked at: another rule may count for them now. */
    public void lookAtOnce(String realmId, String userId) {
        entityManager
                .createQuery("update LivingSessionEntity l set l.idleDueAt = 0 where l.realmId = :realmId"
                        + " and l.userId = :userId and l.idleDueAt > 0")
                .setParameter("realmId", realmId)
                .setParameter("userId", userId)
                .executeUpdate();
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
        entityManager
                .createQuery(
                        "update LivingSessionEntity l set l.idleDueAt = 0 where l.realmId = :realmId and l.idleDueAt > 0")
                .setParameter("realmId", realmId)
                .executeUpdate();
        return true;
    }
}
