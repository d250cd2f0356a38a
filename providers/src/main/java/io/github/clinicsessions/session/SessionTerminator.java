package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.device.DeviceReader;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.LimitLocks;
import io.github.clinicsessions.session.Intents.Ending;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.Collection;
import java.util.Comparator;
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

/**
 * The one way a session of ours ends. Takes the cause and the actor, so that no session can end without both.
 *
 * <p>Each step commits before the next begins: tombstone and pending ledger row (what is intended), the removal of the online
 * and the offline session of the id together with Keycloak's LOGOUT event, fresh looks that nothing is left, the ledger row's
 * completion and the feed. Only then are clients told, and nobody waits for them; what they are to be told is written with the
 * tombstone. Idempotent; of concurrent calls each returns
 * when the session is gone, and one of them has written the row. What is left unfinished {@link UnfinishedEnds} finishes.
 */
public final class SessionTerminator {

    /** Detail of Keycloak's LOGOUT event: an {@link EndCause}. Also what tells our listener that the row is written. */
    public static final String DETAIL_CAUSE = "clinic_cause";

    /** Detail of Keycloak's LOGOUT event: the acting user's id. */
    public static final String DETAIL_ACTOR_ID = "clinic_actor_id";

    private static final long MILLIS_OF_SECOND = 1_000;

    private final KeycloakSession session;

    public SessionTerminator(KeycloakSession session) {
        this.session = session;
    }

    /**
     * What ending came to.
     *
     * @param found whether the session was there and this person's
     * @param device what people call it, null if not known or not found
     * @param terminationId names the {@link Receipt}; null if not found, or if there is none
     */
    public record Result(
            boolean found,
            @Nullable Device device,
            @Nullable String terminationId) {
        private static final Result NOT_FOUND = new Result(false, null, null);
    }

    /**
     * What ending several came to.
     *
     * @param count how many were there
     * @param terminationId names the {@link Receipt}; null if there is none
     */
    public record Ended(int count, @Nullable String terminationId) {}

    /**
     * Ends one session of this person.
     *
     * @throws IllegalStateException if something of it was still there after {@value SessionRemover#LOOKS} removals
     */
    public Result end(RealmModel realm, UserModel user, String sessionId, EndCause cause, Actor actor) {
        Done done = endAll(realm, List.of(new OfPerson(user, List.of(sessionId))), cause, new DoneBy(actor, null));
        return done.sessions().isEmpty()
                ? Result.NOT_FOUND
                : new Result(true, done.sessions().get(0).device(), done.terminationId());
    }

    /**
     * Ends these sessions of this person; ids that are not theirs are passed over.
     *
     * @throws IllegalStateException if something of them was still there after {@value SessionRemover#LOOKS} removals
     */
    public Ended end(RealmModel realm, UserModel user, Collection<String> sessionIds, EndCause cause, Actor actor) {
        return end(realm, user, sessionIds, cause, new DoneBy(actor, null));
    }

    /** The same, of somebody whose address is known. */
    public Ended end(RealmModel realm, UserModel user, Collection<String> sessionIds, EndCause cause, DoneBy by) {
        return end(realm, List.of(new OfPerson(user, sessionIds)), cause, by);
    }

    /** Sessions of one of several persons. */
    public record OfPerson(UserModel user, Collection<String> sessionIds) {}

    /** The same, of several persons at once. */
    Ended end(RealmModel realm, List<OfPerson> persons, EndCause cause, DoneBy by) {
        Done done = endAll(realm, persons, cause, by);
        return new Ended(done.sessions().size(), done.terminationId());
    }

    /**
     * Ends the online sessions of these ids and leaves the offline ones alone: whoever has offline access keeps it. So there is no
     * tombstone, which would be one of both, and nothing in the feed: access tokens of the session live until they expire.
     *
     * @return how many
     * @throws IllegalStateException if something of them was still there after {@value SessionRemover#LOOKS} removals
     */
    int endOnlineParts(RealmModel realm, UserModel user, Collection<String> sessionIds, EndCause cause, DoneBy by) {
        ClientNotices clientNotices = new ClientNotices(session, realm);
        List<Doomed> doomed = new LinkedHashSet<>(sessionIds)
                .stream()
                        .map(id -> findOnline(realm, user, id, clientNotices))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
        return new OnlineParts(session, realm).end(doomed, cause, by);
    }

    /** Whether the ledger has it that this session of this person has ended. */
    public boolean hasEnded(RealmModel realm, UserModel user, String sessionId) {
        return session.getProvider(LedgerStoreProvider.class)
                .hasEnded(realm.getId(), user.getId(), SessionRef.of(sessionId));
    }

    private Done endAll(RealmModel realm, List<OfPerson> persons, EndCause cause, DoneBy by) {
        ClientNotices clientNotices = new ClientNotices(session, realm);
        List<Doomed> doomed = persons.stream()
                .flatMap(person -> new LinkedHashSet<>(person.sessionIds())
                        .stream().map(id -> find(realm, person.user(), id, clientNotices)))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (doomed.isEmpty()) {
            return Done.NOTHING;
        }
        List<Ending> endings = new Intents(session)
                .write(
                        realm,
                        doomed.stream()
                                .map(one -> intended(realm, one, cause, by))
                                .toList());
        finish(realm, endings, doomed, clientNotices, cause, by);
        return new Done(doomed, terminationId(endings));
    }

    /** Which sessions of a person are to end; found in the transaction in which that is written, maybe more than once. */
    @FunctionalInterface
    interface Decision {
        Collection<LivingSession> in(KeycloakSession own, RealmModel realm, UserModel user);
    }

    /**
     * Ends what is decided in the very transaction that writes the tombstones, and that has the person's lock: decisions of one person
     * are taken one after another, and each sees what the one before has decided. Returns when that has ended.
     *
     * @return how many
     * @throws RuntimeException if it could not be decided or not be written, and nothing ends; or if something of it was still there
     *     after {@value SessionRemover#LOOKS} removals
     */
    int endDecided(RealmModel realm, String userId, Decision decision, EndCause cause, DoneBy by) {
        List<Ending> endings = new Intents(session).decide(realm, (own, ownRealm) -> {
            new LimitLocks(own).lock(ownRealm.getId(), userId); // before anything is read
            UserModel user = own.users().getUserById(ownRealm, userId);
            return user == null
                    ? List.of()
                    : new SessionTerminator(own).intended(ownRealm, user, decision.in(own, ownRealm, user), cause, by);
        });
        if (!endings.isEmpty()) {
            // Models of its own: the caller's Keycloak session may be at its end.
            Transactions.inNew(session, realm, (own, ownRealm) -> {
                new SessionTerminator(own).finish(ownRealm, userId, endings, cause, by);
                return endings.size();
            });
        }
        return endings.size();
    }

    /** What Keycloak has of them no more is written all the same: it has been decided that these are to end. */
    private List<Intended> intended(
            RealmModel realm, UserModel user, Collection<LivingSession> sessions, EndCause cause, DoneBy by) {
        ClientNotices clientNotices = new ClientNotices(session, realm);
        return sessions.stream()
                .map(one -> {
                    Doomed doomed = find(realm, user, one.sessionId(), clientNotices);
                    return doomed == null
                            ? new Intended(one, EndRows.of(one, cause, by), List.of())
                            : intended(realm, doomed, cause, by);
                })
                .toList();
    }

    private void finish(RealmModel realm, String userId, List<Ending> endings, EndCause cause, DoneBy by) {
        UserModel user = session.users().getUserById(realm, userId);
        ClientNotices clientNotices = new ClientNotices(session, realm);
        List<Doomed> doomed = user == null
                ? List.of()
                : endings.stream()
                        .map(one -> find(realm, user, one.tombstone().sessionId(), clientNotices))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
        finish(realm, endings, doomed, clientNotices, cause, by);
    }

    /** What is intended happens. */
    private void finish(
            RealmModel realm,
            List<Ending> endings,
            List<Doomed> doomed,
            ClientNotices clientNotices,
            EndCause cause,
            DoneBy by) {
        Intents intents = new Intents(session);
        SessionRemover remover = new SessionRemover(session);
        Set<String> removed = new LinkedHashSet<>();
        Set<String> gone = new LinkedHashSet<>();
        try {
            Set<String> ours = endings.stream()
                    .filter(Ending::ours)
                    .map(ending -> ending.tombstone().sessionId())
                    .collect(Collectors.toSet());
            List<EndedSession> tombstones =
                    endings.stream().map(Ending::tombstone).toList();
            remover.untilGone(realm, tombstones, removed, (own, one) -> {
                if (ours.contains(one.sessionId())) {
                    fireLogout(own, one, cause, by.actor());
                }
            });
            tombstones.forEach(one -> gone.add(one.sessionId())); // by whomever
            intents.complete(realm, endings);
            Settlement.lookLater(session, realm, tombstones);
        } finally {
            // Whatever went wrong: what was removed is told; what was not finished, UnfinishedEnds finishes.
            gone.addAll(removed);
            tell(endings, gone);
            List<Doomed> removedHere =
                    doomed.stream().filter(one -> removed.contains(one.id())).toList();
            removedHere.forEach(one -> clientNotices.tell(one.notices().tellings()));
            remover.forgetInThisRequest(
                    realm,
                    removedHere.stream().flatMap(one -> one.models().stream()).toList());
        }
    }

    private void tell(List<Ending> endings, Set<String> gone) {
        NoticeSender sender = SessionEventListenerFactory.sender(session);
        endings.stream()
                .filter(ending -> gone.contains(ending.tombstone().sessionId()))
                .forEach(
                        ending -> sender.send(session.getKeycloakSessionFactory(), ending.notices(), ending.durable()));
    }

    /** Of this call; if it came too late for everything, of the one that it has joined. */
    private static @Nullable String terminationId(List<Ending> endings) {
        return endings.stream()
                .filter(Ending::durable)
                .min(Comparator.comparing(ending -> !ending.ours()))
                .map(ending -> ending.tombstone().terminationId())
                .orElse(null);
    }

    private @Nullable Doomed find(RealmModel realm, UserModel user, String id, ClientNotices clientNotices) {
        return doomed(
                user,
                id,
                Stream.of(
                        session.sessions().getUserSession(realm, id),
                        session.sessions().getOfflineUserSession(realm, id)),
                clientNotices);
    }

    private @Nullable Doomed findOnline(RealmModel realm, UserModel user, String id, ClientNotices clientNotices) {
        return doomed(user, id, Stream.of(session.sessions().getUserSession(realm, id)), clientNotices);
    }

    private static @Nullable Doomed doomed(
            UserModel user, String id, Stream<@Nullable UserSessionModel> found, ClientNotices clientNotices) {
        List<UserSessionModel> models = found.filter(model -> model != null && isOf(user.getId(), model))
                .toList();
        return models.isEmpty()
                ? null
                : new Doomed(id, user, models, DeviceReader.read(models.get(0)), clientNotices.of(models));
    }

    private static boolean isOf(String userId, UserSessionModel model) {
        UserModel owner = model.getUser();
        return owner != null && owner.getId().equals(userId);
    }

    private static Intended intended(RealmModel realm, Doomed one, EndCause cause, DoneBy by) {
        UserSessionModel main = one.models().get(0);
        LivingSession living = one.living(realm);
        LedgerRow row = one.row(realm, cause, by, EndRows.details(by));
        long latestStart = one.models().stream()
                .mapToLong(UserSessionModel::getStarted)
                .max()
                .orElseThrow();
        return new Intended(
                living,
                !main.isOffline(),
                latestStart * MILLIS_OF_SECOND,
                Long.MAX_VALUE,
                row,
                one.notices().clients());
    }

    static void fireLogout(KeycloakSession own, EndedSession ended, EndCause cause, Actor actor) {
        RealmModel realm = own.getContext().getRealm();
        new EventBuilder(realm, own, own.getContext().getConnection())
                .event(EventType.LOGOUT)
                .client(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
                .user(ended.userId())
                .session(ended.sessionId())
                .detail(DETAIL_CAUSE, cause.name())
                .detail(DETAIL_ACTOR_ID, actor.id())
                .success();
    }

    /**
     * A session about to end.
     *
     * @param models the online and the offline session of the id in this order, one of them at least
     */
    record Doomed(String id, UserModel user, List<UserSessionModel> models, Device device, SessionNotices notices) {

        private UserSessionModel main() {
            return models.get(0);
        }

        LivingSession living(RealmModel realm) {
            return new LivingSession(realm.getId(), id, user.getId(), main().getStarted() * MILLIS_OF_SECOND);
        }

        LedgerRow row(RealmModel realm, EndCause cause, DoneBy by, Map<String, String> details) {
            return LedgerRow.ended(
                    realm.getId(),
                    Time.currentTimeMillis(),
                    user.getId(),
                    user.getUsername(),
                    id,
                    cause,
                    by.actor(),
                    device.label(),
                    IpAddresses.canonical(main().getIpAddress()),
                    details);
        }
    }

    private record Done(List<Doomed> sessions, @Nullable String terminationId) {
        private static final Done NOTHING = new Done(List.of(), null);
    }
}
