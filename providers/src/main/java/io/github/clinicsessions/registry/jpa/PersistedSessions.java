package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.LivingSession;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.session.PersistentUserSessionEntity;

/**
 * Keycloak's own table of sessions, read past its caches: a look-up by {@code UserSessionProvider} would put a session that is
 * just being removed back into them. Without persistent user sessions only offline ones are found.
 */
public final class PersistedSessions {

    private static final long SECOND = 1_000;

    private final EntityManager entityManager;

    public PersistedSessions(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The session of the id; of an online and an offline one the online one's start. */
    public Optional<LivingSession> find(String realmId, String sessionId) {
        return query("p.userSessionId = :value", realmId, sessionId).stream().findFirst();
    }

    /** Online and offline sessions of the person, each id once. */
    public List<LivingSession> ofUser(String realmId, String userId) {
        return query("p.userId = :value", realmId, userId);
    }

    /** Those of these ids under which there is an online or an offline session; one query for each 500. */
    public Set<String> existing(Collection<String> sessionIds) {
        return InPages.of(sessionIds)
                .flatMap(page -> entityManager
                        .createQuery(
                                "select p.userSessionId from PersistentUserSessionEntity p where p.userSessionId in (:ids)",
                                String.class)
                        .setParameter("ids", page)
                        .getResultStream())
                .collect(Collectors.toSet());
    }

    private List<LivingSession> query(String where, String realmId, String value) {
        TypedQuery<Row> query = entityManager
                .createQuery(
                        "select new " + Row.class.getName()
                                + "(p.userSessionId, p.userId, p.createdOn, p.offline) from "
                                + PersistentUserSessionEntity.class.getSimpleName()
                                + " p where p.realmId = :realmId and " + where,
                        Row.class)
                .setParameter("realmId", realmId)
                .setParameter("value", value);
        return query
                .getResultStream()
                .sorted(Comparator.comparing(Row::offline)) // "0" is online
                .map(row -> row.toSession(realmId))
                .collect(Collectors.toMap(
                        LivingSession::sessionId, one -> one, (online, offline) -> online, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** What of a row is read. Public for Hibernate, which makes it. */
    public record Row(String sessionId, String userId, int createdOn, String offline) {

        LivingSession toSession(String realmId) {
            return new LivingSession(realmId, sessionId, userId, createdOn * SECOND);
        }
    }
}
