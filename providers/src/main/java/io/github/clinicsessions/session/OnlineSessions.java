package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.StoredSession;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * What Keycloak has of sessions now, for many ids at once: from its table, in a number of queries that does not depend on how many;
 * where it keeps online sessions in its caches only, one by one from there.
 *
 * @param online by session id
 * @param withOffline ids under which there is an offline session
 */
record OnlineSessions(Map<String, Online> online, Set<String> withOffline) {

    /**
     * One of them.
     *
     * @param clientsUsedAt as {@link PersistedSessions#clientsUsedAt}, where that was asked for
     */
    record Online(String userId, SessionSpan span, Map<String, Long> clientsUsedAt) {}

    /** @param withClients of which of them to read when each client was used; those are few as a rule */
    static OnlineSessions of(
            KeycloakSession own, RealmModel realm, Collection<String> sessionIds, Collection<String> withClients) {
        return SessionCaches.allArePersisted()
                ? stored(new PersistedSessions(own), realm, sessionIds, withClients)
                : cached(own, realm, sessionIds);
    }

    private static OnlineSessions stored(
            PersistedSessions persisted,
            RealmModel realm,
            Collection<String> sessionIds,
            Collection<String> withClients) {
        Map<String, Map<String, Long>> clients = persisted.clientsUsedAt(realm.getId(), withClients);
        Map<String, Online> online = new HashMap<>();
        Set<String> offline = new HashSet<>();
        for (StoredSession one : persisted.ofIds(realm.getId(), sessionIds)) {
            if (one.offline()) {
                offline.add(one.sessionId());
            } else {
                online.put(
                        one.sessionId(),
                        new Online(one.userId(), SessionSpan.of(one), clients.getOrDefault(one.sessionId(), Map.of())));
            }
        }
        return new OnlineSessions(online, offline);
    }

    private static OnlineSessions cached(KeycloakSession own, RealmModel realm, Collection<String> sessionIds) {
        Map<String, Online> online = new HashMap<>();
        Set<String> offline = new HashSet<>();
        for (String id : sessionIds) {
            UserSessionModel model = own.sessions().getUserSession(realm, id);
            if (model != null && model.getUser() != null) {
                online.put(
                        id,
                        new Online(model.getUser().getId(), SessionSpan.of(model), HumanActivity.clientsUsedAt(model)));
            }
            if (own.sessions().getOfflineUserSession(realm, id) != null) {
                offline.add(id);
            }
        }
        return new OnlineSessions(online, offline);
    }
}
