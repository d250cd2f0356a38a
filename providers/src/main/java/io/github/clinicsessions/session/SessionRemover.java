package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndedSession;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Removes the online and the offline session of an id and everything from which Keycloak would make it again, in transactions
 * of its own. Used by the terminating code of this room only, for whatever has its tombstone.
 */
final class SessionRemover {

    static final int LOOKS = 6;

    /** For how long a look-up that was under way may take to put the session back into a cache. */
    private static final long CACHE_SETTLES_MILLIS = 100;

    private final KeycloakSession session;
    private final boolean withOffline;

    SessionRemover(KeycloakSession session) {
        this(session, true);
    }

    private SessionRemover(KeycloakSession session, boolean withOffline) {
        this.session = session;
        this.withOffline = withOffline;
    }

    /** One that leaves offline sessions alone. */
    static SessionRemover ofOnlineParts(KeycloakSession session) {
        return new SessionRemover(session, false);
    }

    /** Removes what there is of them now; answers the ids of those of which something was there. */
    Set<String> once(
            RealmModel realm, Collection<EndedSession> doomed, BiConsumer<KeycloakSession, EndedSession> onRemoval) {
        return Transactions.inNew(session, realm, (own, ownRealm) -> {
            Set<String> gone = new LinkedHashSet<>();
            for (EndedSession one : doomed) {
                if (remove(own, ownRealm, one)) {
                    gone.add(one.sessionId());
                    onRemoval.accept(own, one);
                }
            }
            return gone;
        });
    }

    /**
     * Removes until a fresh look finds nothing; where sessions are cached, two looks {@value #CACHE_SETTLES_MILLIS} ms apart.
     *
     * @param removed gets the ids that were removed here, as soon as that has committed
     * @param onRemoval called within the transaction of an id's first removal
     * @throws IllegalStateException if something was still there after {@value #LOOKS} removals
     */
    void untilGone(
            RealmModel realm,
            Collection<EndedSession> doomed,
            Set<String> removed,
            BiConsumer<KeycloakSession, EndedSession> onRemoval) {
        int cleanLooksNeeded = SessionCaches.areUsed(session) ? 2 : 1;
        int cleanLooks = 0;
        for (int look = 0; look < LOOKS; look++) {
            Set<String> found = once(realm, doomed, (own, one) -> {
                if (!removed.contains(one.sessionId())) {
                    onRemoval.accept(own, one);
                }
            });
            removed.addAll(found);
            cleanLooks = found.isEmpty() ? cleanLooks + 1 : 0;
            if (cleanLooks == cleanLooksNeeded) {
                return;
            }
            if (cleanLooks > 0) {
                pause();
            }
        }
        if (!once(realm, doomed, (own, one) -> {}).isEmpty()) {
            throw new IllegalStateException("a session came back after " + LOOKS + " removals");
        }
    }

    /**
     * The request's own Keycloak session may hold pending changes of what has just been removed (its last refresh, for
     * one), which its commit would write back.
     */
    void forgetInThisRequest(RealmModel realm, Collection<UserSessionModel> models) {
        for (UserSessionModel model : models) {
            if (model.isOffline()) {
                session.sessions().removeOfflineUserSession(realm, model);
            } else {
                session.sessions().removeUserSession(realm, model);
            }
        }
    }

    private boolean remove(KeycloakSession own, RealmModel realm, EndedSession doomed) {
        boolean found = false;
        UserSessionModel offline = withOffline ? own.sessions().getOfflineUserSession(realm, doomed.sessionId()) : null;
        if (offline != null && isOf(doomed, offline)) {
            own.sessions().removeOfflineUserSession(realm, offline);
            found = true;
        }
        UserSessionModel online = own.sessions().getUserSession(realm, doomed.sessionId());
        if (online != null && isOf(doomed, online)) {
            own.sessions().removeUserSession(realm, online);
            found = true;
        }
        if (found) {
            removeHalfDoneFlows(own, realm, doomed.sessionId());
        }
        return found;
    }

    /** Not a later session of the same id, nor another person's. */
    private static boolean isOf(EndedSession doomed, UserSessionModel model) {
        UserModel owner = model.getUser();
        return (owner == null || owner.getId().equals(doomed.userId()))
                && doomed.covers(model.getStarted(), model.isOffline());
    }

    /**
     * A browser that is in the middle of a flow (an account action, consent) has an authentication session of the same id,
     * from which Keycloak would make the session anew without asking for credentials.
     */
    private static void removeHalfDoneFlows(KeycloakSession own, RealmModel realm, String id) {
        RootAuthenticationSessionModel flows = own.authenticationSessions().getRootAuthenticationSession(realm, id);
        if (flows != null) {
            own.authenticationSessions().removeRootAuthenticationSession(realm, flows);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(CACHE_SETTLES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the look itself matters more than the pause before it
        }
    }
}
