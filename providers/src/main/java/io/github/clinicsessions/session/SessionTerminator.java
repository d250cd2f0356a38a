package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerRows;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.device.DeviceReader;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.platform.Transactions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * The one way a session of ours ends. Takes the cause and the actor, so that no session can end without both.
 *
 * <p>Each step commits before the next begins: the pending ledger row (what is intended), the removal of the online and
 * the offline session of the id together with Keycloak's LOGOUT event, a fresh look that nothing is left, the ledger row's
 * completion. Only then are clients told, and nobody waits for them. Idempotent.
 */
public final class SessionTerminator {

    /** Detail of Keycloak's LOGOUT event: an {@link EndCause}. Also what tells our listener that the row is written. */
    public static final String DETAIL_CAUSE = "clinic_cause";

    /** Detail of Keycloak's LOGOUT event: the acting user's id. */
    public static final String DETAIL_ACTOR_ID = "clinic_actor_id";

    private static final int LOOKS = 6;

    /** For how long a look-up that was under way may take to put the session back into a cache. */
    private static final long CACHE_SETTLES_MILLIS = 100;

    private final KeycloakSession session;

    public SessionTerminator(KeycloakSession session) {
        this.session = session;
    }

    /**
     * What ending came to.
     *
     * @param found whether the session was there and this person's
     * @param device what people call it, null if not known or not found
     */
    public record Result(boolean found, @Nullable Device device) {
        private static final Result NOT_FOUND = new Result(false, null);
    }

    /**
     * Ends one session of this person.
     *
     * @throws IllegalStateException if something of it was still there after {@value #LOOKS} removals
     */
    public Result end(RealmModel realm, UserModel user, String sessionId, EndCause cause, Actor actor) {
        List<Doomed> ended = endAll(realm, user, List.of(sessionId), cause, actor);
        return ended.isEmpty()
                ? Result.NOT_FOUND
                : new Result(true, ended.get(0).device());
    }

    /**
     * Ends these sessions of this person; ids that are not theirs are passed over.
     *
     * @return how many were there
     * @throws IllegalStateException if something of them was still there after {@value #LOOKS} removals
     */
    public int end(RealmModel realm, UserModel user, Collection<String> sessionIds, EndCause cause, Actor actor) {
        return endAll(realm, user, sessionIds, cause, actor).size();
    }

    /** Whether the ledger has it that this session of this person has ended. */
    public boolean hasEnded(RealmModel realm, UserModel user, String sessionId) {
        return session.getProvider(LedgerStoreProvider.class)
                .hasEnded(realm.getId(), user.getId(), SessionRef.of(sessionId));
    }

    private List<Doomed> endAll(
            RealmModel realm, UserModel user, Collection<String> sessionIds, EndCause cause, Actor actor) {
        List<Doomed> doomed = new LinkedHashSet<>(sessionIds)
                .stream()
                        .map(id -> find(realm, user, id))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
        if (doomed.isEmpty()) {
            return doomed;
        }
        ClientNotices clientNotices = new ClientNotices(session, realm);
        Map<String, List<ClientNotice>> notices = new LinkedHashMap<>();
        doomed.forEach(one -> notices.put(one.id(), clientNotices.of(one.models())));
        List<LedgerRow> rows =
                doomed.stream().map(one -> row(realm, user, one, cause, actor)).toList();
        writePending(realm, rows);
        Set<String> removed = new LinkedHashSet<>();
        try {
            removeUntilGone(realm, user.getId(), notices.keySet(), cause, actor, removed);
        } finally {
            // Whatever went wrong: what was removed is written and told, what was not is taken back.
            try {
                finish(realm, rows, removed);
            } finally {
                removed.forEach(id -> clientNotices.send(Objects.requireNonNull(notices.get(id))));
                forgetInThisRequest(realm, doomed, removed);
            }
        }
        return doomed;
    }

    private @Nullable Doomed find(RealmModel realm, UserModel user, String id) {
        UserSessionModel online = session.sessions().getUserSession(realm, id);
        UserSessionModel offline = session.sessions().getOfflineUserSession(realm, id);
        List<UserSessionModel> models = Stream.of(online, offline)
                .filter(model -> model != null && isOf(user.getId(), model))
                .toList();
        return models.isEmpty() ? null : new Doomed(id, models, DeviceReader.read(models.get(0)));
    }

    private static boolean isOf(String userId, UserSessionModel model) {
        UserModel owner = model.getUser();
        return owner != null && owner.getId().equals(userId);
    }

    private static LedgerRow row(RealmModel realm, UserModel user, Doomed one, EndCause cause, Actor actor) {
        return LedgerRow.ended(
                realm.getId(),
                Time.currentTimeMillis(),
                user.getId(),
                user.getUsername(),
                one.id(),
                cause,
                actor,
                one.device().label(),
                IpAddresses.canonical(one.models().get(0).getIpAddress()),
                Map.of());
    }

    private void writePending(RealmModel realm, List<LedgerRow> rows) {
        Transactions.inNew(session, realm, (own, ownRealm) -> {
            LedgerStoreProvider store = own.getProvider(LedgerStoreProvider.class);
            for (LedgerRow row : rows) {
                LedgerRow complete = LedgerRows.complete(own, store, row);
                store.appendPending(complete == null ? row : complete);
            }
            return true;
        });
    }

    /** Rows of sessions that somebody else removed meanwhile are theirs to write. */
    private void finish(RealmModel realm, List<LedgerRow> rows, Set<String> removed) {
        Set<String> refs = removed.stream().map(SessionRef::of).collect(Collectors.toSet());
        Map<Boolean, Set<String>> byOurs = rows.stream()
                .collect(Collectors.partitioningBy(
                        row -> refs.contains(row.sessionRef()), Collectors.mapping(LedgerRow::id, Collectors.toSet())));
        Transactions.inNew(session, realm, (own, ownRealm) -> {
            LedgerStoreProvider store = own.getProvider(LedgerStoreProvider.class);
            store.complete(ownRealm.getId(), Objects.requireNonNull(byOurs.get(true)));
            store.withdraw(ownRealm.getId(), Objects.requireNonNull(byOurs.get(false)));
            return true;
        });
    }

    /**
     * Adds to {@code removed} the ids that were removed here, as soon as that has committed. Fresh looks until nothing comes
     * back; where sessions are cached one more after {@value #CACHE_SETTLES_MILLIS} ms.
     */
    private void removeUntilGone(
            RealmModel realm, String userId, Set<String> ids, EndCause cause, Actor actor, Set<String> removed) {
        Set<String> left = new LinkedHashSet<>(ids);
        int cleanLooksNeeded = SessionCaches.areUsed(session) ? 2 : 1;
        int cleanLooks = 0;
        for (int look = 0; look < LOOKS; look++) {
            Set<String> found = Transactions.inNew(session, realm, (own, ownRealm) -> {
                Set<String> gone = new LinkedHashSet<>();
                for (String id : left) {
                    if (removeOnce(own, ownRealm, userId, id)) {
                        gone.add(id);
                        if (!removed.contains(id)) {
                            fireLogout(own, ownRealm, userId, id, cause, actor);
                        }
                    }
                }
                return gone;
            });
            if (found.isEmpty()) {
                cleanLooks++;
                if (cleanLooks == cleanLooksNeeded) {
                    return;
                }
                pause();
            } else {
                cleanLooks = 0;
                removed.addAll(found);
            }
        }
        if (!isGone(realm, left)) {
            removed.removeAll(left);
            throw new IllegalStateException(left.size() + " session(s) came back after " + LOOKS + " removals");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(CACHE_SETTLES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the look itself matters more than the pause before it
        }
    }

    private boolean isGone(RealmModel realm, Set<String> ids) {
        return Transactions.inNew(
                session,
                realm,
                (own, ownRealm) -> ids.stream()
                        .allMatch(id -> own.sessions().getUserSession(ownRealm, id) == null
                                && own.sessions().getOfflineUserSession(ownRealm, id) == null));
    }

    private static boolean removeOnce(KeycloakSession own, RealmModel realm, String userId, String id) {
        boolean found = false;
        UserSessionModel offline = own.sessions().getOfflineUserSession(realm, id);
        if (offline != null && isOf(userId, offline)) {
            own.sessions().removeOfflineUserSession(realm, offline);
            found = true;
        }
        UserSessionModel online = own.sessions().getUserSession(realm, id);
        if (online != null && isOf(userId, online)) {
            own.sessions().removeUserSession(realm, online);
            found = true;
        }
        if (found) {
            removeHalfDoneFlows(own, realm, id);
        }
        return found;
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

    private static void fireLogout(
            KeycloakSession own, RealmModel realm, String userId, String id, EndCause cause, Actor actor) {
        new EventBuilder(realm, own, own.getContext().getConnection())
                .event(EventType.LOGOUT)
                .client(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
                .user(userId)
                .session(id)
                .detail(DETAIL_CAUSE, cause.name())
                .detail(DETAIL_ACTOR_ID, actor.id())
                .success();
    }

    /**
     * The request's own Keycloak session may hold pending changes of what has just been removed (its last refresh, for
     * one), which its commit would write back.
     */
    private void forgetInThisRequest(RealmModel realm, List<Doomed> doomed, Set<String> removed) {
        for (Doomed one : doomed) {
            if (!removed.contains(one.id())) {
                continue;
            }
            for (UserSessionModel model : one.models()) {
                if (model.isOffline()) {
                    session.sessions().removeOfflineUserSession(realm, model);
                } else {
                    session.sessions().removeUserSession(realm, model);
                }
            }
        }
    }

    /**
     * A session about to end.
     *
     * @param models the online and the offline session of the id, one of them at least
     */
    private record Doomed(String id, List<UserSessionModel> models, Device device) {}
}
