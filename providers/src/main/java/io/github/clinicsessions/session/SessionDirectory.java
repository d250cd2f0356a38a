package io.github.clinicsessions.session;

import io.github.clinicsessions.device.DeviceReader;
import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.geo.Places;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.timeout.IdleRule;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Reads the living sessions of a person. Keycloak removes an expired session minutes later only, so that expiry is computed
 * here, as Keycloak computes it at use.
 */
public final class SessionDirectory {

    /** The current one first, then the newest activity first; ties by id, so that the order is stable. */
    private static final Comparator<SessionView> CURRENT_THEN_NEWEST = Comparator.comparing(SessionView::current)
            .thenComparing(SessionView::lastActiveAt)
            .reversed()
            .thenComparing(SessionView::id);

    private final KeycloakSession session;

    public SessionDirectory(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Living sessions of the person, for somebody else: which of the person's devices they began with is not told.
     *
     * @param currentSessionId the session of the request
     */
    public List<SessionView> ofUser(RealmModel realm, UserModel user, @Nullable String currentSessionId) {
        return list(realm, user, currentSessionId, false);
    }

    /** The same for the person, with their devices. */
    public List<SessionView> ownOf(RealmModel realm, UserModel user, @Nullable String currentSessionId) {
        return list(realm, user, currentSessionId, true);
    }

    private List<SessionView> list(RealmModel realm, UserModel user, @Nullable String currentSessionId, boolean own) {
        Map<String, Parts> byId = new LinkedHashMap<>();
        living(realm, session.sessions().getUserSessionsStream(realm, user))
                .forEach(online -> byId.computeIfAbsent(online.getId(), id -> new Parts()).online = online);
        living(realm, session.sessions().getOfflineUserSessionsStream(realm, user))
                .forEach(offline -> byId.computeIfAbsent(offline.getId(), id -> new Parts()).offline = offline);
        if (byId.isEmpty()) {
            return List.of();
        }
        HumanActivity humans = new HumanActivity(session);
        IdleRule rule = humans.ruleFor(realm, user);
        KnownArrivals known = KnownArrivals.of(session, realm, user.getId(), byId.keySet(), own);
        Map<String, SessionActivity> activities = humans.with(realm, byId.keySet(), known.activities());
        Places places = Places.of(session);
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        byId.forEach((id, parts) ->
                parts.judge(humans, realm, rule, activities.getOrDefault(id, SessionActivity.NONE), now));
        return byId.entrySet().stream()
                .filter(entry -> entry.getValue().isLiving(now))
                .map(entry -> view(
                        realm, places, known, entry.getValue(), entry.getKey().equals(currentSessionId)))
                .sorted(CURRENT_THEN_NEWEST)
                .toList();
    }

    /**
     * Ids of all sessions of the person that have not run out, also of those that Keycloak refuses at the moment (signed in
     * with remember-me, which the realm has switched off, or by an identity provider that is gone): they would live again.
     */
    public List<String> idsOfUser(RealmModel realm, UserModel user) {
        return idsOfUserBegunUntil(realm, user, Long.MAX_VALUE);
    }

    /**
     * The same of those that began until some time ago.
     *
     * @param millis since the epoch
     */
    List<String> idsOfUserBegunUntil(RealmModel realm, UserModel user, long millis) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        return Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .filter(userSession ->
                        SessionSpan.of(userSession).idleExpiry(realm).isAfter(now))
                .filter(userSession -> userSession.getStarted() * 1000L <= millis)
                .map(UserSessionModel::getId)
                .distinct()
                .toList();
    }

    /**
     * How many sessions each of these persons has and when they were last active, as {@link #ofUser} would list them. Two queries,
     * and one more if any of them were signed in by identity providers; persons without a session may be left out.
     *
     * <p>The last activity is that of Keycloak's last commit: with persistent sessions each use is written in its request's
     * transaction. Without persistent user sessions only Keycloak's caches know, and each person is asked for by itself.
     */
    public Map<String, SessionSummary> summaries(RealmModel realm, Collection<String> userIds) {
        return SessionCaches.allArePersisted()
                ? SessionSummaries.stored(session, realm, userIds)
                : userIds.stream().collect(Collectors.toMap(id -> id, id -> summary(realm, id), (one, other) -> one));
    }

    private SessionSummary summary(RealmModel realm, String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return SessionSummary.NONE;
        }
        List<UserSessionModel> living = Stream.concat(
                        living(realm, session.sessions().getUserSessionsStream(realm, user)),
                        living(realm, session.sessions().getOfflineUserSessionsStream(realm, user)))
                .toList();
        Map<String, SessionActivity> reported = new HumanActivity(session)
                .of(
                        realm,
                        living.stream().map(UserSessionModel::getId).distinct().toList());
        return SessionSummaries.of(living.stream()
                .map(one -> SessionSummaries.Activity.of(one.getId(), one.getLastSessionRefresh(), reported))
                .toList());
    }

    private static Stream<UserSessionModel> living(RealmModel realm, Stream<UserSessionModel> sessions) {
        // A list first: Keycloak's stream holds a database cursor open while each session is loaded.
        return sessions.toList().stream()
                .filter(userSession -> AuthenticationManager.isSessionValid(realm, userSession));
    }

    private static SessionView view(
            RealmModel realm, Places places, KnownArrivals known, Parts parts, boolean current) {
        UserSessionModel main = parts.main();
        KnownDevice device = known.device(main.getId());
        String ipAddress = IpAddresses.canonical(main.getIpAddress());
        return new SessionView(
                main.getId(),
                current,
                parts.online == null,
                parts.offline != null,
                DeviceReader.read(main),
                device == null ? null : device.id(),
                device == null ? null : device.name(),
                known.arrival(main.getId()).marks(),
                ipAddress,
                places.locate(ipAddress),
                Instant.ofEpochSecond(main.getStarted()),
                parts.lastActiveAt(),
                parts.idleness == null ? SessionSpan.of(main).idleExpiry(realm) : parts.idleness.expiresAt(),
                parts.idleness == null ? null : parts.idleness.rule(),
                SessionSpan.of(main).maxExpiry(realm),
                clients(parts),
                main.getNote(ImpersonationSessionNote.IMPERSONATOR_USERNAME.toString()));
    }

    private static List<SessionView.Client> clients(Parts parts) {
        return parts.stream()
                .flatMap(userSession -> userSession.getAuthenticatedClientSessions().values().stream())
                .map(clientSession -> clientSession.getClient())
                .filter(Objects::nonNull) // a client that has been deleted since
                .map(SessionDirectory::client)
                .distinct()
                .sorted(Comparator.comparing(SessionView.Client::clientId))
                .toList();
    }

    static SessionView.Client client(ClientModel client) {
        String name = client.getName();
        return new SessionView.Client(client.getClientId(), name == null || name.isBlank() ? null : name);
    }

    /** The two sessions of one id; at least one is there. */
    private static final class Parts {
        private @Nullable UserSessionModel online;
        private @Nullable UserSessionModel offline;
        private @Nullable Idleness idleness;

        /** The online one, which our rules are for. */
        void judge(HumanActivity humans, RealmModel realm, IdleRule rule, SessionActivity activity, Instant now) {
            if (online != null) {
                idleness = humans.of(realm, online, rule, activity);
                if (idleness.isOver(now)
                        && offline != null
                        && !RealmSettings.of(realm).boundOffline()) {
                    online = null; // ends, and leaves the offline access
                    idleness = null;
                }
            }
        }

        /** Due, and not ended yet: it is refused already. */
        boolean isLiving(Instant now) {
            return idleness == null || !idleness.isOver(now);
        }

        Instant lastActiveAt() {
            Instant refreshed = Instant.ofEpochSecond(stream()
                    .mapToInt(UserSessionModel::getLastSessionRefresh)
                    .max()
                    .orElseThrow());
            return idleness != null && idleness.lastUsedAt().isAfter(refreshed) ? idleness.lastUsedAt() : refreshed;
        }

        UserSessionModel main() {
            return Objects.requireNonNull(online != null ? online : offline);
        }

        Stream<UserSessionModel> stream() {
            return Stream.of(online, offline).filter(Objects::nonNull).map(Objects::requireNonNull);
        }
    }
}
