package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.registry.IdleCandidate;
import io.github.clinicsessions.registry.SessionActivity;
import jakarta.persistence.EntityManager;
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

    /** For {@link #lookAgain}. */
    public static final long NEVER = Long.MAX_VALUE;

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
     * Stores beats; a later one that is stored already stays.
     *
     * @return those whose session is not registered (yet)
     */
    public List<Beat> store(Collection<Beat> beats) {
        // In one order on every node, so that no two wait for each other.
        return beats.stream()
                .sorted((one, other) ->
                        (one.realmId() + ' ' + one.sessionId()).compareTo(other.realmId() + ' ' + other.sessionId()))
                .filter(beat -> !store(beat))
                .toList();
    }

    private boolean store(Beat beat) {
        int updated = entityManager
                .createQuery("update LivingSessionEntity l set l.lastBeatAt = :at where l.realmId = :realmId"
                        + " and l.sessionId = :sessionId and l.lastBeatAt < :at")
                .setParameter("at", beat.at())
                .setParameter("realmId", beat.realmId())
                .setParameter("sessionId", beat.sessionId())
                .executeUpdate();
        if (updated > 0 && beat.clientId() == null) {
            return true;
        }
        LivingSessionEntity row =
                entityManager.find(LivingSessionEntity.class, new SessionKey(beat.realmId(), beat.sessionId()));
        if (row == null) {
            return false;
        }
        if (beat.clientId() != null) {
            row.reportingClients = with(row.reportingClients, beat.clientId());
        }
        return true;
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

    /** All of the realm are to be looked at: other rules may count for whomever. */
    public void lookAtAll(String realmId) {
        entityManager
                .createQuery(
                        "update LivingSessionEntity l set l.idleDueAt = 0 where l.realmId = :realmId and l.idleDueAt > 0")
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
}
