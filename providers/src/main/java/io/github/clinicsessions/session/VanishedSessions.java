package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Sessions that may have ended without anybody saying so plainly: by expiry (one half of an id expires before the other), or
 * with their last client when a token or a consent is revoked. Those of which nothing is left have ended.
 */
final class VanishedSessions {

    private final List<Suspect> suspects = new ArrayList<>();
    private final List<Suspect> persons = new ArrayList<>();

    /** @param id of a session or of a person */
    private record Suspect(String id, @Nullable String userId, EndCause cause, DoneBy by) {}

    void add(String sessionId, @Nullable String userId, EndCause cause, DoneBy by) {
        suspects.add(new Suspect(sessionId, userId, cause, by));
    }

    void addAllOf(String userId, EndCause cause, DoneBy by) {
        persons.add(new Suspect(userId, userId, cause, by));
    }

    boolean isEmpty() {
        return suspects.isEmpty() && persons.isEmpty();
    }

    /** To be called after Keycloak's transaction: ends those that are gone for good. */
    void end(KeycloakSession session, RealmModel realm) {
        List<Intended> gone = Transactions.inNew(session, realm, this::gone);
        new Settlement(session).settle(realm, new Intents(session).write(realm, gone));
    }

    private List<Intended> gone(KeycloakSession own, RealmModel realm) {
        LivingSessions living = new LivingSessions(own);
        Map<String, Suspect> byId = new LinkedHashMap<>();
        suspects.forEach(suspect -> byId.putIfAbsent(suspect.id(), suspect));
        for (Suspect person : persons) {
            living.ofUser(realm.getId(), person.id())
                    .forEach(one -> byId.putIfAbsent(
                            one.sessionId(), new Suspect(one.sessionId(), one.userId(), person.cause(), person.by())));
        }
        Map<String, LivingSession> registered = living.find(realm.getId(), byId.keySet()).stream()
                .collect(Collectors.toMap(LivingSession::sessionId, Function.identity()));
        Set<String> there = present(own, realm, byId.keySet());
        List<Intended> gone = new ArrayList<>();
        for (Suspect suspect : byId.values()) {
            LivingSession known = registered.get(suspect.id());
            if (known == null && suspect.userId() != null) {
                known = new LivingSession(realm.getId(), suspect.id(), suspect.userId(), LivingSession.UNKNOWN_START);
            }
            if (known != null && !there.contains(suspect.id())) {
                EndCause cause =
                        suspect.cause() == EndCause.IDLE_TIMEOUT ? Expiry.causeOf(realm, known) : suspect.cause();
                gone.add(new Intended(known, false, EndRows.of(known, cause, suspect.by())));
            }
        }
        return gone;
    }

    /** Those of these ids under which Keycloak has anything. */
    static Set<String> present(KeycloakSession own, RealmModel realm, Collection<String> ids) {
        Set<String> persisted = new PersistedSessions(own).existing(ids);
        if (SessionCaches.allArePersisted()) {
            return persisted;
        }
        return ids.stream()
                .filter(id -> persisted.contains(id)
                        || own.sessions().getUserSession(realm, id) != null
                        || own.sessions().getOfflineUserSession(realm, id) != null)
                .collect(Collectors.toSet());
    }
}
