package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.StoredSession;
import io.github.clinicsessions.registry.UnusedSessions;
import io.github.clinicsessions.registry.UnusedSessions.Kind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.session.PersistentClientSessionEntity;
import org.keycloak.models.jpa.session.PersistentUserSessionEntity;
import org.keycloak.storage.StorageId;

/**
 * Keycloak's own table of sessions, read past its caches: a look-up by {@code UserSessionProvider} would put a session that is
 * just being removed back into them. Without persistent user sessions only offline ones are found.
 */
public final class PersistedSessions {

    private static final long SECOND = 1_000;

    /** How Keycloak writes the note of the identity provider, in JSON without white space ({@code PersistentUserSessionAdapter}). */
    private static final String IDENTITY_PROVIDER = '"' + Details.IDENTITY_PROVIDER + "\":\"";

    private static final int LONGEST_ALIAS = 255;

    /** 1 or 0. Rows from before Keycloak 26.5 may say in {@code DATA} only whether the person is to be remembered. */
    private static final String REMEMBER_ME = "case when p.rememberMe = true then 1"
            + " when p.rememberMe is null and locate('\"rememberMe\":true', p.data) > 0 then 1 else 0 end";

    private static final String STORED = "select new " + Stored.class.getName()
            + "(p.userId, p.userSessionId, p.offline, p.createdOn, p.lastSessionRefresh, " + REMEMBER_ME + ","
            + " case when locate('" + IDENTITY_PROVIDER + "', p.data) > 0"
            + " then substring(p.data, locate('" + IDENTITY_PROVIDER + "', p.data) + " + IDENTITY_PROVIDER.length()
            + ", "
            + (LONGEST_ALIAS + 1) + ") else null end)"
            + " from PersistentUserSessionEntity p where p.realmId = :realmId";

    private static final String OF_USERS = STORED + " and p.userId in (:userIds)";

    private static final String OF_IDS = STORED + " and p.userSessionId in (:ids)";

    private final EntityManager entityManager;

    public PersistedSessions(KeycloakSession session) {
        this(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    PersistedSessions(EntityManager entityManager) {
        this.entityManager = entityManager;
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

    /**
     * Online and offline sessions of these persons, in one query for each 500 of them. Of what a session is made of only this is
     * read: {@code DATA}, which may be long, stays where it is.
     */
    public List<StoredSession> ofUsers(String realmId, Collection<String> userIds) {
        return InPages.of(userIds)
                .flatMap(page -> entityManager
                        .createQuery(OF_USERS, Stored.class)
                        .setParameter("realmId", realmId)
                        .setParameter("userIds", page)
                        .getResultStream()
                        .map(Stored::toSession))
                .toList();
    }

    /** Online and offline sessions of these ids; one query for each 500. */
    public List<StoredSession> ofIds(String realmId, Collection<String> sessionIds) {
        return InPages.of(sessionIds)
                .flatMap(page -> entityManager
                        .createQuery(OF_IDS, Stored.class)
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .getResultStream()
                        .map(Stored::toSession))
                .toList();
    }

    /**
     * When each client of these online sessions last signed in or refreshed tokens; one query for each 500.
     *
     * @return by session id and then by Keycloak's id of the client; milliseconds since the epoch, of whole seconds
     */
    public Map<String, Map<String, Long>> clientsUsedAt(String realmId, Collection<String> sessionIds) {
        Map<String, Map<String, Long>> usedAt = new HashMap<>();
        InPages.of(sessionIds)
                .flatMap(page -> entityManager
                        .createQuery(
                                "select new " + ClientUse.class.getName()
                                        + "(c.userSessionId, c.clientId, c.clientStorageProvider, c.externalClientId, c.timestamp)"
                                        + " from PersistentClientSessionEntity c where c.realmId = :realmId"
                                        + " and c.userSessionId in (:ids) and c.offline = '0'",
                                ClientUse.class)
                        .setParameter("realmId", realmId)
                        .setParameter("ids", page)
                        .getResultStream())
                .forEach(use -> usedAt.computeIfAbsent(use.sessionId(), id -> new HashMap<>())
                        .put(use.client(), use.timestamp() * SECOND));
        return usedAt;
    }

    /** Those of the aliases of which the realm has an identity provider; one query for each 500. */
    public Set<String> existingIdentityProviders(String realmId, Collection<String> aliases) {
        return InPages.of(aliases)
                .flatMap(page -> entityManager
                        .createQuery(
                                "select i.alias from IdentityProviderEntity i"
                                        + " where i.realmId = :realmId and i.alias in (:aliases)",
                                String.class)
                        .setParameter("realmId", realmId)
                        .setParameter("aliases", page)
                        .getResultStream())
                .collect(Collectors.toSet());
    }

    /** How many there are, online and offline sessions of one id counted once; one query, or none for none. */
    public long count(String realmId, List<UnusedSessions> any) {
        if (any.isEmpty()) {
            return 0;
        }
        String where = IntStream.range(0, any.size())
                .mapToObj(i -> "(" + ofKind(any.get(i).kind()) + " and p.createdOn > :started" + i
                        + " and p.createdOn <= :begun" + i
                        + " and p.lastSessionRefresh > :after" + i + " and p.lastSessionRefresh <= :until" + i + ")")
                .collect(Collectors.joining(" or "));
        TypedQuery<Long> query = entityManager
                .createQuery(
                        "select count(distinct p.userSessionId) from PersistentUserSessionEntity p"
                                + " where p.realmId = :realmId and (" + where + ")",
                        Long.class)
                .setParameter("realmId", realmId);
        for (int i = 0; i < any.size(); i++) {
            query.setParameter("started" + i, any.get(i).startedAfter())
                    .setParameter("begun" + i, any.get(i).startedUntil())
                    .setParameter("after" + i, any.get(i).usedAfter())
                    .setParameter("until" + i, any.get(i).usedUntil());
        }
        return query.getSingleResult();
    }

    private static String ofKind(Kind kind) {
        return switch (kind) {
            case ONLINE -> "p.offline = '0' and " + REMEMBER_ME + " = 0";
            case REMEMBERED -> "p.offline = '0' and " + REMEMBER_ME + " = 1";
            case OFFLINE -> "p.offline = '1'";
        };
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

    /**
     * A row as {@link #STORED} reads it. Public for Hibernate, which makes it.
     *
     * @param rememberMe 1 or 0
     * @param identityProvider begins with the alias and a quotation mark; null for none
     */
    public record Stored(
            String userId,
            String sessionId,
            String offline,
            int createdOn,
            int lastSessionRefresh,
            int rememberMe,
            @Nullable String identityProvider) {

        StoredSession toSession() {
            return new StoredSession(
                    userId,
                    sessionId,
                    "1".equals(offline),
                    rememberMe == 1,
                    createdOn,
                    lastSessionRefresh,
                    identityProvider == null ? null : identityProvider.replaceFirst("(?s)\".*", ""));
        }
    }

    /** What of a client's part of a session is read. Public for Hibernate, which makes it. */
    public record ClientUse(
            String sessionId, String clientId, String storageProvider, String externalClientId, int timestamp) {

        /** As {@code ClientModel#getId} has it. */
        String client() {
            return clientId.equals(PersistentClientSessionEntity.EXTERNAL)
                    ? new StorageId(storageProvider, externalClientId).getId()
                    : clientId;
        }
    }
}
