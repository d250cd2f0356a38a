package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerQueue;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.device.DeviceReader;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.platform.Transactions;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * Hears of sessions that Keycloak begins and ends, and hands rows to the ledger once Keycloak's transaction has committed.
 * Writes nothing in that transaction and never breaks it.
 */
final class SessionEventListener implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(SessionEventListener.class);

    /** Whatever first makes a session known. Joining a session fires LOGIN again; the writer drops that. */
    private static final Set<EventType> STARTS = Set.of(
            EventType.LOGIN,
            EventType.IMPERSONATE,
            EventType.OAUTH2_DEVICE_CODE_TO_TOKEN,
            EventType.AUTHREQID_TO_TOKEN);

    private final KeycloakSession session;
    private final LedgerQueue queue;

    SessionEventListener(KeycloakSession session, LedgerQueue queue) {
        this.session = session;
        this.queue = queue;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getSessionId() == null || event.getUserId() == null || event.getRealmId() == null) {
            return;
        }
        try {
            LedgerRow row = rowOf(event);
            if (row != null) {
                Transactions.afterCommit(session, () -> queue.offer(row));
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "event %s of session is not in the ledger", event.getType());
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // what administrators end is not attributed yet
    }

    @Override
    public void close() {}

    private @Nullable LedgerRow rowOf(Event event) {
        if (STARTS.contains(event.getType())) {
            PasswordChanges.endIfBegunBefore(session, event);
            return started(event);
        }
        boolean ours = detail(event, SessionTerminator.DETAIL_CAUSE) != null;
        return event.getType() == EventType.LOGOUT && !ours ? signedOut(event) : null;
    }

    private @Nullable LedgerRow started(Event event) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        UserSessionModel userSession = realm == null ? null : find(realm, event.getSessionId());
        if (userSession == null
                || userSession.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT) {
            return null; // nothing that lives on after this request
        }
        return LedgerRow.started(
                event.getRealmId(),
                userSession.getStarted() * 1000L,
                event.getUserId(),
                userSession.getUser().getUsername(),
                event.getSessionId(),
                Actors.of(userSession),
                DeviceReader.read(userSession).label(),
                IpAddresses.canonical(userSession.getIpAddress()),
                Map.of());
    }

    /**
     * The request's own first: only that one knows that it is transient. A direct grant for offline access leaves no
     * online session.
     */
    private @Nullable UserSessionModel find(RealmModel realm, String sessionId) {
        UserSessionModel ofRequest = session.getContext().getUserSession();
        if (ofRequest != null && ofRequest.getId().equals(sessionId)) {
            return ofRequest;
        }
        UserSessionModel online = session.sessions().getUserSession(realm, sessionId);
        return online != null ? online : session.sessions().getOfflineUserSession(realm, sessionId);
    }

    private LedgerRow signedOut(Event event) {
        String action = detail(event, Details.LOGOUT_TRIGGERED_BY_REQUIRED_ACTION);
        boolean own = action != null || LogoutOrigin.isPersonsOwn(pathOfRequest());
        return LedgerRow.ended(
                event.getRealmId(),
                event.getTime(),
                event.getUserId(),
                null,
                event.getSessionId(),
                own ? causeOf(action) : EndCause.UNKNOWN,
                own ? Actor.self(event.getUserId(), null) : Actor.SYSTEM,
                null,
                own ? IpAddresses.canonical(event.getIpAddress()) : null,
                keepsOfflineAccess(event) ? Map.of("offlineAccess", "kept") : Map.of());
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

    /** Keycloak's own sign-out ends the online session only. */
    private boolean keepsOfflineAccess(Event event) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        return realm != null && session.sessions().getOfflineUserSession(realm, event.getSessionId()) != null;
    }

    private static @Nullable String detail(Event event, String key) {
        return event.getDetails() == null ? null : event.getDetails().get(key);
    }
}
