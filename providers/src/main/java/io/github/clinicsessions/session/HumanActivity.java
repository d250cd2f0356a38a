package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.jpa.Activities;
import io.github.clinicsessions.session.StoredActivity.SessionStart;
import io.github.clinicsessions.timeout.IdleRule;
import io.github.clinicsessions.timeout.IdleRule.Kind;
import io.github.clinicsessions.timeout.LastUse;
import io.github.clinicsessions.timeout.TimeoutPolicyProvider;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * Knows when humans were last there, and until when their sessions last if they do not come back. Only {@link #report} moves
 * that.
 */
public final class HumanActivity {

    private static final long SECOND = 1_000;

    /** Parts of Keycloak's time-out: so much of it at most is lost to somebody whose reports are all that is heard. */
    private static final long TOLD_OF_TIMEOUT = 10;

    private static final Set<String> ACCOUNT_CLIENTS =
            Set.of(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID, Constants.ACCOUNT_CONSOLE_CLIENT_ID);

    private final KeycloakSession session;

    public HumanActivity(KeycloakSession session) {
        this.session = session;
    }

    /** The rule that counts for the person beside Keycloak's own time-outs. */
    public IdleRule ruleFor(RealmModel realm, UserModel user) {
        return session.getProvider(TimeoutPolicyProvider.class).ruleFor(realm, user);
    }

    /**
     * What has been reported, by session id, to this node or, as far as the others have stored it, to any; sessions of which
     * nothing is known may be left out. One query for each 500.
     */
    public Map<String, SessionActivity> of(RealmModel realm, Collection<String> sessionIds) {
        return sessionIds.isEmpty() ? Map.of() : with(realm, sessionIds, inDatabase(realm, sessionIds));
    }

    /** The same of what has been read from the database. */
    Map<String, SessionActivity> with(
            RealmModel realm, Collection<String> sessionIds, Map<String, SessionActivity> stored) {
        return buffer().with(realm.getId(), sessionIds, stored);
    }

    /**
     * The same of all sessions of these persons, in a constant number of queries for 500 of them.
     *
     * @param sessionIds theirs
     */
    Map<String, SessionActivity> ofUsers(RealmModel realm, Collection<String> userIds, Collection<String> sessionIds) {
        return sessionIds.isEmpty()
                ? Map.of()
                : buffer().with(
                                realm.getId(),
                                sessionIds,
                                Transactions.inNew(
                                        session,
                                        realm,
                                        (own, ownRealm) -> new Activities(own).ofUsers(ownRealm.getId(), userIds)));
    }

    /** How things stand with an online session now. Moves nothing. */
    public Idleness of(RealmModel realm, UserSessionModel online) {
        return of(realm, online, ruleFor(realm, online.getUser()), known(realm, online));
    }

    /**
     * A human is there, says an application.
     *
     * @param client whose refreshes in this session tell nothing from now on; null, and clients of Keycloak's own account
     *     pages, switch nobody over
     * @return how things stand then; empty if the session was over already, which {@link IdleGate} ends
     */
    public Optional<Idleness> report(RealmModel realm, UserSessionModel online, @Nullable ClientModel client) {
        IdleRule rule = shorterOf(realm, SessionSpan.of(online), ruleFor(realm, online.getUser()));
        long now = Time.currentTimeMillis();
        Beat beat = new Beat(realm.getId(), online.getId(), now, client == null ? null : switchedOver(client));
        SessionActivity stored = remembered(realm, online);
        if (stored == null || mustBeStored(beat, stored, rule) || isOver(realm, online, rule, stored, now)) {
            stored = read(realm, online);
        }
        if (isOver(realm, online, rule, stored, now)) {
            return Optional.empty();
        }
        keepForKeycloak(realm, online);
        if (!buffer().add(beat) || mustBeStored(beat, stored, rule)) {
            SessionEventListenerFactory.activityWriter(session).store(beat);
        }
        return Optional.of(of(realm, online, rule, beat.activity()));
    }

    /**
     * The client reports humans, and there has been none yet: from now on its refreshes tell nothing, and what they have told until
     * now stays. Else a page that nobody ever touches would keep its session for as long as it refreshes its token.
     *
     * @param client null, and clients of Keycloak's own account pages, are not switched over
     * @return how things stand, before and after
     */
    public Idleness guard(RealmModel realm, UserSessionModel online, @Nullable ClientModel client) {
        IdleRule rule = ruleFor(realm, online.getUser());
        SessionActivity before = known(realm, online);
        Idleness idleness = of(realm, online, rule, before);
        String clientId = client == null ? null : switchedOver(client);
        if (clientId != null
                && !before.reportingClients().contains(clientId)
                && !idleness.isOver(Instant.ofEpochMilli(Time.currentTimeMillis()))) {
            Beat beat = new Beat(
                    realm.getId(), online.getId(), idleness.lastUsedAt().toEpochMilli(), clientId);
            buffer().add(beat);
            SessionEventListenerFactory.activityWriter(session).store(beat);
        }
        return idleness;
    }

    /**
     * A client's part of the session is about to go, and with it Keycloak's knowledge of when that client was used: as far as it
     * told of a human, it stays.
     */
    void keepUse(RealmModel realm, UserSessionModel online, ClientModel client) {
        AuthenticatedClientSessionModel part = online.getAuthenticatedClientSessionByClient(client.getId());
        Set<String> reporting = part == null ? Set.of() : known(realm, online).reportingClients();
        if (part != null && !reporting.isEmpty() && !reporting.contains(client.getId())) {
            Beat beat = new Beat(realm.getId(), online.getId(), usedAt(part), null);
            buffer().add(beat);
            SessionEventListenerFactory.activityWriter(session).store(beat);
        }
    }

    /** A human is there: stored soon after the request's transaction has committed; nothing waits for it. */
    static void reportLater(KeycloakSession session, LivingSession living) {
        Beat beat = new Beat(living.realmId(), living.sessionId(), Time.currentTimeMillis(), null);
        ActivityBuffer buffer = SessionEventListenerFactory.activity(session);
        ActivityWriter writer = SessionEventListenerFactory.activityWriter(session);
        Transactions.afterCommit(session, () -> {
            if (buffer.add(beat)) {
                writer.wake();
            }
        });
    }

    /** Half of the limit is far enough from its end for all who read the database. */
    private static boolean mustBeStored(Beat beat, SessionActivity before, IdleRule rule) {
        return (beat.at() - before.lastBeatAt()) * 2 > rule.seconds() * SECOND
                || (beat.clientId() != null && !before.reportingClients().contains(beat.clientId()));
    }

    /**
     * Keycloak's own time-out knows nothing of reports. It is told of them, in the request's transaction, seldom enough that there
     * is no write per report.
     */
    private static void keepForKeycloak(RealmModel realm, UserSessionModel online) {
        int now = Math.toIntExact(Time.currentTimeSeconds());
        int unused = now - online.getLastSessionRefresh();
        if (unused * TOLD_OF_TIMEOUT > SessionSpan.of(online).idleSeconds(realm)) {
            online.setLastSessionRefresh(now);
        }
    }

    private static @Nullable String switchedOver(ClientModel client) {
        return ACCOUNT_CLIENTS.contains(client.getClientId()) ? null : client.getId();
    }

    private SessionActivity known(RealmModel realm, UserSessionModel online) {
        return of(online, of(realm, List.of(online.getId())));
    }

    /** With what has been heard here and not stored yet. */
    private boolean isOver(RealmModel realm, UserSessionModel online, IdleRule rule, SessionActivity stored, long now) {
        SessionActivity all =
                of(online, buffer().with(realm.getId(), List.of(online.getId()), Map.of(online.getId(), stored)));
        return of(realm, online, rule, all).isOver(Instant.ofEpochMilli(now));
    }

    /** Null if this server has not read it yet. It may be more by now. */
    private @Nullable SessionActivity remembered(RealmModel realm, UserSessionModel online) {
        return SessionEventListenerFactory.storedActivity(session).of(start(realm, online));
    }

    private SessionActivity read(RealmModel realm, UserSessionModel online) {
        SessionActivity stored = of(online, inDatabase(realm, List.of(online.getId())));
        SessionEventListenerFactory.storedActivity(session).is(start(realm, online), stored);
        return stored;
    }

    private static SessionStart start(RealmModel realm, UserSessionModel online) {
        return new SessionStart(realm.getId(), online.getId(), online.getStarted());
    }

    private static SessionActivity of(UserSessionModel online, Map<String, SessionActivity> activities) {
        return activities.getOrDefault(online.getId(), SessionActivity.NONE);
    }

    /** As the other nodes know it. */
    private Map<String, SessionActivity> inDatabase(RealmModel realm, Collection<String> sessionIds) {
        return Transactions.inNew(
                session, realm, (own, ownRealm) -> new Activities(own).of(ownRealm.getId(), sessionIds));
    }

    private ActivityBuffer buffer() {
        return SessionEventListenerFactory.activity(session);
    }

    /** Of an online session. */
    public Idleness of(RealmModel realm, UserSessionModel online, IdleRule rule, SessionActivity activity) {
        long lastUsedAt = new LastUse(
                        online.getStarted() * SECOND,
                        online.getLastSessionRefresh() * SECOND,
                        activity.reportingClients().isEmpty() ? Map.of() : clientsUsedAt(online),
                        activity.lastBeatAt(),
                        activity.reportingClients())
                .at();
        return of(realm, SessionSpan.of(online), rule, lastUsedAt);
    }

    static Map<String, Long> clientsUsedAt(UserSessionModel online) {
        Map<String, Long> usedAt = new HashMap<>();
        online.getAuthenticatedClientSessions().forEach((id, client) -> usedAt.put(id, usedAt(client)));
        return usedAt;
    }

    /** Keycloak is going to do without this time one day, and 26.7 has no other of a single client. */
    @SuppressWarnings("removal")
    private static long usedAt(AuthenticatedClientSessionModel client) {
        return client.getTimestamp() * SECOND;
    }

    /**
     * The same from a row of Keycloak's table. Keycloak's own time-out counts from its last use of the session and, where some of
     * those uses tell nothing, from the last human too.
     */
    static Idleness of(RealmModel realm, SessionSpan span, IdleRule rule, long lastUsedAt) {
        IdleRule shorter = shorterOf(realm, span, rule);
        Instant byHuman = Instant.ofEpochMilli(lastUsedAt + shorter.seconds() * SECOND);
        Instant byKeycloak = span.idleExpiry(realm);
        Instant byUse = Instant.ofEpochMilli((span.lastActiveAt() + span.idleSeconds(realm)) * SECOND);
        Instant idleAt = byHuman.isBefore(byUse) ? byHuman : byUse;
        return new Idleness(
                Instant.ofEpochMilli(lastUsedAt), idleAt, idleAt.isBefore(byKeycloak) ? idleAt : byKeycloak, shorter);
    }

    /** The rule, or Keycloak's own time-out where that is shorter: it is for humans too, whatever refreshes tokens. */
    static IdleRule shorterOf(RealmModel realm, SessionSpan span, IdleRule rule) {
        int ofKeycloak = span.idleSeconds(realm);
        return ofKeycloak < rule.seconds() ? new IdleRule(Kind.REALM, null, ofKeycloak) : rule;
    }
}
