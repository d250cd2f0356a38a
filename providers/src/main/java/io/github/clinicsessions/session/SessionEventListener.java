package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerQueue;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.device.DeviceCookie;
import io.github.clinicsessions.device.DeviceNotes;
import io.github.clinicsessions.geo.Places;
import io.github.clinicsessions.platform.FixedHost;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.urls.UrlType;
import org.keycloak.util.TokenUtil;

/**
 * Hears of sessions that Keycloak begins and ends. What begins goes to ledger and registry once Keycloak's transaction has
 * committed; what ends goes through {@link KeycloakEndings}. Writes nothing in Keycloak's transaction but a note on the session that
 * begins, which Keycloak stores with it, and never breaks it.
 */
final class SessionEventListener implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(SessionEventListener.class);

    private static final long MILLIS_OF_SECOND = 1_000;

    /** Until then a sign-in is on its way to the registry; to register it twice at a time would fail one of the two. */
    private static final int YOUNG_SECONDS = 60;

    /** A sign-in may take that long from its session's start to its event; its start counts as a human anyway. */
    private static final int NEW_SECONDS = 5;

    /** Milliseconds. */
    private static final long AT_ONCE = 60_000;

    /** The same where it must not be missed that it is new. */
    private static final int BEGUN_SECONDS = 30;

    private final KeycloakSession session;
    private final LedgerQueue queue;
    private final KnownSessions known;
    private final KnownSessions judged;

    /** @param judged sign-ins that were judged a moment ago */
    SessionEventListener(KeycloakSession session, LedgerQueue queue, KnownSessions known, KnownSessions judged) {
        this.session = session;
        this.queue = queue;
        this.known = known;
        this.judged = judged;
    }

    @Override
    public void onEvent(Event event) {
        try {
            RealmModel realm = event.getUserId() == null || event.getRealmId() == null || event.getError() != null
                    ? null
                    : session.realms().getRealm(event.getRealmId());
            if (realm != null) {
                onEvent(realm, event);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "event %s of a session is not in the ledger", event.getType());
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        try {
            RealmModel realm = event.getError() != null || event.getRealmId() == null
                    ? null
                    : session.realms().getRealm(event.getRealmId());
            if (realm != null) {
                new AdminEndings(session, realm).onEvent(event);
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "what an administrator ended at %s is not in the ledger", event.getResourcePath());
        }
    }

    @Override
    public void close() {}

    private void onEvent(RealmModel realm, Event event) {
        String sessionId = event.getSessionId();
        switch (event.getType()) {
            // Whatever first makes a session known. Joining a session fires LOGIN again; the writer drops that.
            case LOGIN, IMPERSONATE, OAUTH2_DEVICE_CODE_TO_TOKEN, AUTHREQID_TO_TOKEN -> {
                if (sessionId != null) {
                    PasswordChanges.endIfBegunBefore(session, event);
                    ReportedSignIns.endIfBegunBefore(session, realm, event);
                    started(realm, event, sessionId);
                }
            }
            case TOKEN_EXCHANGE -> {
                exchanged(realm, event);
                if (sessionId != null) {
                    seen(realm, sessionId);
                }
            }
            case CODE_TO_TOKEN, REFRESH_TOKEN -> {
                if (sessionId != null) {
                    if (event.getType() == EventType.CODE_TO_TOKEN
                            && TokenUtil.TOKEN_TYPE_OFFLINE.equals(detail(event, Details.REFRESH_TOKEN_TYPE))) {
                        offlineAdded(realm, event, sessionId);
                    }
                    seen(realm, sessionId);
                }
            }
            case LOGOUT -> {
                if (sessionId != null && detail(event, SessionTerminator.DETAIL_CAUSE) == null) {
                    KeycloakEndings.of(session, realm)
                            .session(sessionId, event.getUserId(), living -> signedOut(event, living));
                }
            }
            case USER_SESSION_DELETED -> {
                if (sessionId != null) {
                    boolean expired = Details.USER_SESSION_EXPIRED_REASON.equals(detail(event, Details.REASON));
                    EndCause cause = expired ? EndCause.IDLE_TIMEOUT : EndCause.UNKNOWN;
                    KeycloakEndings.of(session, realm).maybe(sessionId, event.getUserId(), cause, DoneBy.NOBODY);
                }
            }
            case REVOKE_GRANT -> revoked(realm, event, sessionId);
            case UPDATE_PASSWORD -> passwordChanged(realm, event);
            case UPDATE_CREDENTIAL -> {
                if (PasswordCredentialModel.TYPE.equals(detail(event, Details.CREDENTIAL_TYPE))) {
                    passwordChanged(realm, event);
                }
            }
            case USER_DISABLED_BY_PERMANENT_LOCKOUT ->
                Disabling.after(session, realm, event.getUserId(), DoneBy.NOBODY);
            default -> {
                // nothing begins or ends by it
            }
        }
    }

    private void started(RealmModel realm, Event event, String sessionId) {
        UserSessionModel userSession = findLasting(realm, sessionId);
        if (userSession == null) {
            return;
        }
        Device device = DeviceNotes.write(session, event, userSession);
        String ipAddress = IpAddresses.canonical(userSession.getIpAddress());
        LedgerRow row = LedgerRow.started(
                        realm.getId(),
                        userSession.getStarted() * MILLIS_OF_SECOND,
                        event.getUserId(),
                        userSession.getUser().getUsername(),
                        sessionId,
                        Actors.of(userSession),
                        device.label(),
                        ipAddress,
                        Map.of())
                .in(Places.of(session).locate(ipAddress).country());
        LivingSession living = living(realm, userSession);
        known.add(sessionId);
        Arrivals.SignIn arrival = null;
        // An administrator's look at somebody's account ends nothing of theirs, and its browser is not theirs.
        if (userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) == null) {
            arrival = arrival(realm, event, userSession, living, device);
            DoneBy by = new DoneBy(Actors.of(userSession), IpAddresses.canonical(event.getIpAddress()));
            SessionLimitKeeper.lookAfter(session, realm, userSession.getUser(), living, isNew(userSession), by);
        }
        Arrivals.SignIn judgedLater = arrival;
        Transactions.afterCommit(
                session,
                () -> queue.offer(row, own -> {
                    Registration.begun(own, living);
                    if (judgedLater != null) {
                        Arrivals.judgeOnceRegistered(own, judgedLater, () -> judged.forget(judgedKey(judgedLater)));
                    }
                }));
        if (isJoinedByHuman(userSession)) {
            HumanActivity.reportLater(session, living);
        }
    }

    /** Null for what was judged a moment ago: an application that asks silently who is signed in is a sign-in too, and asks often. */
    private Arrivals.@Nullable SignIn arrival(
            RealmModel realm, Event event, UserSessionModel userSession, LivingSession living, Device device) {
        try {
            boolean isBrowser = event.getType() == EventType.LOGIN && detail(event, Details.GRANT_TYPE) == null;
            boolean joined = !isNew(userSession);
            String label = label(event, device);
            Arrivals.SignIn arrival = new Arrivals.SignIn(
                    living,
                    PassedFactors.at(session, living.sessionId()).orElse(event.getTime()),
                    event.getTime(),
                    joined,
                    isBrowser ? new DeviceCookie(session, realm).keep(atOnce(living, event, label)) : null,
                    label,
                    IpAddresses.canonical(event.getIpAddress()),
                    FixedHost.isOf(session, realm)
                            ? session.getContext().getUri(UrlType.FRONTEND).getBaseUri()
                            : null);
            return judged.add(judgedKey(arrival)) ? arrival : null;
        } catch (RuntimeException e) {
            LOG.errorf(e, "a sign-in of user %s is not judged", event.getUserId());
            return null;
        }
    }

    /** The same for requests that sign in at the same time, in one session, by one browser; not for somebody who has stolen it. */
    private static String atOnce(LivingSession living, Event event, @Nullable String label) {
        return String.join(
                " ",
                living.sessionId(),
                String.valueOf(living.startedAt()),
                String.valueOf(event.getTime() / AT_ONCE),
                label);
    }

    /** Of this request: whoever comes back to a session need not have the browser that it began with. */
    private @Nullable String label(Event event, Device ofSession) {
        Device now = DeviceNotes.ofRequest(session, event.getClientId());
        return (now.equals(Device.UNKNOWN) ? ofSession : now).label();
    }

    private static String judgedKey(Arrivals.SignIn arrival) {
        return String.join(
                " ",
                arrival.session().sessionId(),
                String.valueOf(arrival.session().startedAt()),
                arrival.deviceHash(),
                arrival.ipAddress());
    }

    /**
     * Token exchange of the first version makes sessions, those of persons who are named only or whose token is of another issuer, and
     * does not tell their ids.
     */
    private void exchanged(RealmModel realm, Event event) {
        boolean makesSession = detail(event, Details.IMPERSONATOR) == null
                && (detail(event, Details.REQUESTED_SUBJECT) != null
                        || detail(event, OAuth2Constants.SUBJECT_ISSUER) != null);
        UserModel user = makesSession ? session.users().getUserById(realm, event.getUserId()) : null;
        if (user != null) {
            SessionLimitKeeper.lookAfter(session, realm, user, null, true, bySelf(event, user));
        }
    }

    /** What is added to a session while that is being ended would live on. */
    private void offlineAdded(RealmModel realm, Event event, String sessionId) {
        UserSessionModel userSession = findLasting(realm, sessionId);
        if (userSession != null) {
            UserModel user = userSession.getUser();
            SessionLimitKeeper.lookAfter(session, realm, user, living(realm, userSession), true, bySelf(event, user));
        }
    }

    private static DoneBy bySelf(Event event, UserModel user) {
        return new DoneBy(Actor.self(user.getId(), user.getUsername()), IpAddresses.canonical(event.getIpAddress()));
    }

    private static boolean isNew(UserSessionModel userSession) {
        return userSession.getStarted() > Time.currentTimeSeconds() - BEGUN_SECONDS;
    }

    /** Somebody came back to a session that was there, and not only their application (OpenID Connect, {@code prompt=none}). */
    private boolean isJoinedByHuman(UserSessionModel userSession) {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        return signIn != null
                && userSession.getStarted() < Time.currentTimeSeconds() - NEW_SECONDS
                && !TokenUtil.hasPrompt(
                        signIn.getClientNote(OIDCLoginProtocol.PROMPT_PARAM), OIDCLoginProtocol.PROMPT_VALUE_NONE);
    }

    /** A session from before the realm was switched on, or of another server: registered when it is first used here. */
    private void seen(RealmModel realm, String sessionId) {
        if (!known.add(sessionId)) {
            return;
        }
        UserSessionModel userSession = findLasting(realm, sessionId);
        if (userSession == null || userSession.getStarted() > Time.currentTimeSeconds() - YOUNG_SECONDS) {
            known.forget(sessionId);
            return;
        }
        LivingSession living = living(realm, userSession);
        Background background = SessionEventListenerFactory.sightings(session);
        Transactions.afterCommit(session, () -> {
            if (!background.run(
                    session.getKeycloakSessionFactory(),
                    living.realmId(),
                    (own, ownRealm) -> Registration.seen(own, living))) {
                known.forget(sessionId);
            }
        });
    }

    /** Of a password that a directory keeps nobody else tells. */
    private void passwordChanged(RealmModel realm, Event event) {
        UserModel user = session.users().getUserById(realm, event.getUserId());
        if (user != null) {
            PasswordChanges.changed(session, realm, user);
        }
    }

    private void revoked(RealmModel realm, Event event, @Nullable String sessionId) {
        DoneBy by = new DoneBy(Actor.self(event.getUserId(), null), IpAddresses.canonical(event.getIpAddress()));
        KeycloakEndings endings = KeycloakEndings.of(session, realm);
        if (sessionId != null) {
            endings.maybe(sessionId, event.getUserId(), EndCause.TOKEN_REVOKED, by);
        } else {
            endings.maybeAllOf(event.getUserId(), EndCause.TOKEN_REVOKED, by); // a consent, for one
        }
    }

    private static LivingSession living(RealmModel realm, UserSessionModel userSession) {
        return new LivingSession(
                realm.getId(),
                userSession.getId(),
                userSession.getUser().getId(),
                userSession.getStarted() * MILLIS_OF_SECOND);
    }

    /**
     * Null for what does not live on after this request. The request's own first: only that one knows that it is transient. A
     * direct grant for offline access leaves no online session.
     */
    private @Nullable UserSessionModel findLasting(RealmModel realm, String sessionId) {
        UserSessionModel ofRequest = session.getContext().getUserSession();
        if (ofRequest != null && ofRequest.getId().equals(sessionId)) {
            return ofRequest.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT
                    ? null
                    : ofRequest;
        }
        UserSessionModel online = session.sessions().getUserSession(realm, sessionId);
        return online != null ? online : session.sessions().getOfflineUserSession(realm, sessionId);
    }

    private LedgerRow signedOut(Event event, LivingSession living) {
        String action = detail(event, Details.LOGOUT_TRIGGERED_BY_REQUIRED_ACTION);
        boolean own = action != null || LogoutOrigin.isPersonsOwn(pathOfRequest());
        String ipAddress = own ? IpAddresses.canonical(event.getIpAddress()) : null;
        return LedgerRow.ended(
                        living.realmId(),
                        event.getTime(),
                        living.userId(),
                        null,
                        living.sessionId(),
                        own ? causeOf(action) : EndCause.UNKNOWN,
                        own ? Actor.self(living.userId(), null) : Actor.SYSTEM,
                        null,
                        ipAddress,
                        Map.of())
                .in(Places.of(session).locate(ipAddress).country());
    }

    /** The box "sign out from other devices", which is offered with a new password and with other credentials. */
    private static EndCause causeOf(@Nullable String requiredAction) {
        if (requiredAction == null) {
            return EndCause.SIGNED_OUT;
        }
        return requiredAction.equals(UserModel.RequiredAction.UPDATE_PASSWORD.name())
                ? EndCause.PASSWORD_CHANGED
                : EndCause.ENDED_BY_USER;
    }

    /** Empty where no request is behind the event. */
    private String pathOfRequest() {
        try {
            return session.getContext().getUri().getPath();
        } catch (RuntimeException e) {
            LOG.debug("an event without a request", e);
            return "";
        }
    }

    private static @Nullable String detail(Event event, String key) {
        return event.getDetails() == null ? null : event.getDetails().get(key);
    }
}
