package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionArrival;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The registry of living sessions, in the transaction of the Keycloak session it was made for. */
public final class LivingSessions {

    private static final Collector<ArrivalRow, ?, Map<LivingSession, SessionArrival>> ARRIVALS =
            Collectors.toMap(ArrivalRow::session, ArrivalRow::arrival);

    private final EntityManager entityManager;

    public LivingSessions(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    public Optional<LivingSession> find(String realmId, String sessionId) {
        return Optional.ofNullable(entityManager.find(LivingSessionEntity.class, new SessionKey(realmId, sessionId)))
                .map(LivingSessionEntity::toRecord);
    }

    /** Of any number of ids; one query for each 500. */
    public List<LivingSession> find(String realmId, Collection<String> sessionIds) {
        return InPages.of(sessionIds)
                .flatMap(page -> query("l.realmId = :realmId and l.sessionId in (:ids)", realmId)
                        .setParameter("ids", page)
                        .getResultStream())
                .map(LivingSessionEntity::toRecord)
                .toList();
    }

    /**
     * When each of these was registered, by session id; those that are not are left out. One query for each 500.
     *
     * @return milliseconds since the epoch
     */
    public Map<String, Long> registeredAt(String realmId, Collection<String> sessionIds) {
        return InPages.of(sessionIds)
                .flatMap(page -> query("l.realmId = :realmId and l.sessionId in (:ids)", realmId)
                        .setParameter("ids", page)
                        .getResultStream())
                .collect(Collectors.toMap(one -> one.sessionId, one -> one.registeredAt));
    }

    public List<LivingSession> ofUser(String realmId, String userId) {
        return query("l.realmId = :realmId and l.userId = :userId", realmId)
                .setParameter("userId", userId)
                .getResultStream()
                .map(LivingSessionEntity::toRecord)
                .toList();
    }

    /**
     * A page of the realm, by session id.
     *
     * @param afterSessionId where the page before ended; the empty string for the first
     * @param startedUpTo milliseconds since the epoch
     */
    public List<LivingSession> ofRealm(String realmId, String afterSessionId, long startedUpTo, int limit) {
        return query(
                        "l.realmId = :realmId and l.sessionId > :after and l.startedAt <= :upTo order by l.sessionId",
                        realmId)
                .setParameter("after", afterSessionId)
                .setParameter("upTo", startedUpTo)
                .setMaxResults(limit)
                .getResultStream()
                .map(LivingSessionEntity::toRecord)
                .toList();
    }

    /**
     * A page of ids, and those among them of which Keycloak's database has neither an online nor an offline session.
     *
     * @param afterSessionId where the page before ended; the empty string for the first
     * @param registeredBefore milliseconds since the epoch: Keycloak writes a new session a moment after our row
     */
    public Page vanished(String realmId, String afterSessionId, long registeredBefore, int limit) {
        List<String> ids = entityManager
                .createQuery(
                        "select l.sessionId from LivingSessionEntity l where l.realmId = :realmId"
                                + " and l.sessionId > :after and l.registeredAt < :before order by l.sessionId",
                        String.class)
                .setParameter("realmId", realmId)
                .setParameter("after", afterSessionId)
                .setParameter("before", registeredBefore)
                .setMaxResults(limit)
                .getResultList();
        if (ids.isEmpty()) {
            return new Page(List.of(), null);
        }
        String last = ids.get(ids.size() - 1);
        List<LivingSession> gone = query(
                        "l.realmId = :realmId and l.sessionId > :after and l.sessionId <= :last"
                                + " and l.registeredAt < :before and not exists (select 1 from PersistentUserSessionEntity p"
                                + " where p.userSessionId = l.sessionId)",
                        realmId)
                .setParameter("after", afterSessionId)
                .setParameter("last", last)
                .setParameter("before", registeredBefore)
                .getResultStream()
                .map(LivingSessionEntity::toRecord)
                .toList();
        return new Page(gone, ids.size() < limit ? null : last);
    }

    /**
     * Registers a session; what is registered already is left as it is.
     *
     * @return an earlier session of the same id that was still registered, and that the new one has taken the place of
     */
    public Optional<LivingSession> register(LivingSession session) {
        LivingSessionEntity existing =
                entityManager.find(LivingSessionEntity.class, new SessionKey(session.realmId(), session.sessionId()));
        if (existing == null) {
            LivingSessionEntity entity = new LivingSessionEntity();
            entity.realmId = session.realmId();
            entity.sessionId = session.sessionId();
            entity.userId = session.userId();
            entity.startedAt = session.startedAt();
            entity.registeredAt = Time.currentTimeMillis();
            entityManager.persist(entity);
            return Optional.empty();
        }
        if (session.startedAt() <= existing.startedAt) {
            return Optional.empty();
        }
        LivingSession earlier = existing.toRecord();
        existing.userId = session.userId();
        existing.startedAt = session.startedAt();
        existing.registeredAt = Time.currentTimeMillis();
        existing.idleDueAt = 0;
        existing.lastBeatAt = 0;
        existing.reportingClients = null;
        existing.setArrival(SessionArrival.UNKNOWN);
        return Optional.of(earlier);
    }

    /** How a registered session began; empty if it is not registered. */
    public Optional<SessionArrival> arrival(String realmId, String sessionId) {
        return Optional.ofNullable(entityManager.find(LivingSessionEntity.class, new SessionKey(realmId, sessionId)))
                .map(LivingSessionEntity::arrival);
    }

    /** How the person's registered sessions began. */
    public Map<LivingSession, SessionArrival> arrivalsOfUser(String realmId, String userId) {
        return arrivals("", realmId, userId).getResultStream().collect(ARRIVALS);
    }

    /**
     * The same of one of them, and of those that began later than some time ago.
     *
     * @param startedAfter milliseconds since the epoch
     */
    public Map<LivingSession, SessionArrival> arrivalsOfUser(
            String realmId, String userId, LivingSession session, long startedAfter) {
        return arrivals(" and (l.sessionId = :sessionId or l.startedAt > :after)", realmId, userId)
                .setParameter("sessionId", session.sessionId())
                .setParameter("after", startedAfter)
                .getResultStream()
                .collect(ARRIVALS);
    }

    /** Not the entities: they would be written as they were read, over what others write meanwhile. */
    private TypedQuery<ArrivalRow> arrivals(String where, String realmId, String userId) {
        return entityManager
                .createQuery(
                        "select new " + ArrivalRow.class.getName()
                                + "(l.sessionId, l.startedAt, l.realmId, l.userId, l.deviceId, l.country, l.marks)"
                                + " from LivingSessionEntity l where l.realmId = :realmId and l.userId = :userId"
                                + where,
                        ArrivalRow.class)
                .setParameter("realmId", realmId)
                .setParameter("userId", userId);
    }

    /** Notes how a session began, and nothing else of it; nothing if it, and not a later one of its id, is registered no more. */
    public void setArrival(LivingSession session, SessionArrival arrival) {
        entityManager
                .createQuery(
                        "update LivingSessionEntity l set l.deviceId = :deviceId, l.country = :country, l.marks = :marks"
                                + " where l.realmId = :realmId and l.sessionId = :sessionId and l.startedAt = :startedAt")
                .setParameter("deviceId", arrival.deviceId())
                .setParameter("country", arrival.country())
                .setParameter("marks", LivingSessionEntity.marks(arrival))
                .setParameter("realmId", session.realmId())
                .setParameter("sessionId", session.sessionId())
                .setParameter("startedAt", session.startedAt())
                .executeUpdate();
    }

    /**
     * Takes a session out that has ended; a later one of the same id stays.
     *
     * @param startedUpTo milliseconds since the epoch
     */
    public void forget(String realmId, String sessionId, long startedUpTo) {
        entityManager
                .createQuery("delete from LivingSessionEntity l where l.realmId = :realmId and l.sessionId = :sessionId"
                        + " and l.startedAt <= :upTo")
                .setParameter("realmId", realmId)
                .setParameter("sessionId", sessionId)
                .setParameter("upTo", startedUpTo)
                .executeUpdate();
    }

    /** Takes all sessions of a realm out. */
    public void forgetAll(String realmId) {
        entityManager
                .createQuery("delete from LivingSessionEntity l where l.realmId = :realmId")
                .setParameter("realmId", realmId)
                .executeUpdate();
    }

    /**
     * A page of sessions that Keycloak has in its database and that are not registered: those from before the realm was
     * switched on. By session id; an id may be there twice, online first.
     *
     * @param afterSessionId where the page before ended; the empty string for the first
     */
    public List<LivingSession> unregistered(String realmId, String afterSessionId, int limit) {
        return entityManager
                .createQuery(
                        "select new " + PersistedSessions.Row.class.getName()
                                + "(p.userSessionId, p.userId, p.createdOn, p.offline) from PersistentUserSessionEntity p"
                                + " where p.realmId = :realmId and p.userSessionId > :after and not exists (select 1 from"
                                + " LivingSessionEntity l where l.realmId = p.realmId and l.sessionId = p.userSessionId)"
                                + " order by p.userSessionId, p.offline",
                        PersistedSessions.Row.class)
                .setParameter("realmId", realmId)
                .setParameter("after", afterSessionId)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> row.toSession(realmId))
                .toList();
    }

    /** Ids of persons who are disabled and have sessions that are registered. */
    public List<String> disabledPersons(String realmId, int limit) {
        return entityManager
                .createQuery(
                        "select distinct l.userId from LivingSessionEntity l, UserEntity u"
                                + " where l.realmId = :realmId and u.id = l.userId and u.enabled = false",
                        String.class)
                .setParameter("realmId", realmId)
                .setMaxResults(limit)
                .getResultList();
    }

    private TypedQuery<LivingSessionEntity> query(String where, String realmId) {
        return entityManager
                .createQuery("select l from LivingSessionEntity l where " + where, LivingSessionEntity.class)
                .setParameter("realmId", realmId);
    }

    /**
     * Part of a walk over a realm.
     *
     * @param next where the next page begins, null after the last
     */
    public record Page(
            List<LivingSession> sessions, @Nullable String next) {}
}
