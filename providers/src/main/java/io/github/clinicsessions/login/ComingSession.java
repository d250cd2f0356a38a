package io.github.clinicsessions.login;

import io.github.clinicsessions.limit.SessionLimit;
import io.github.clinicsessions.session.IdleGate;
import io.github.clinicsessions.session.SessionLimits;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The session that a sign-in is going to have: a new one, or one that is there already and not one more. */
final class ComingSession {

    private final KeycloakSession session;
    private final SessionLimits limits;

    ComingSession(KeycloakSession session, SessionLimits limits) {
        this.session = session;
        this.limits = limits;
    }

    /** How many of the person's sessions would have to end first. */
    int tooManyBeside(AuthenticationFlowContext context, SessionLimit limit) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (isTransient(signIn) || AuthenticatorUtil.isSSOAuthentication(signIn)) {
            return 0;
        }
        // Keycloak gives the session the id of the root authentication session: another tab's, a renewed one's.
        String joined = signIn.getParentSession().getId();
        // One in which nobody has been for too long does not count, and would be back when it is joined.
        new IdleGate(session).isOver(context.getRealm(), joined);
        int tooMany = tooManyBeside(context, limit, joined);
        if (tooMany == 0 || !FlowPosition.of(context).hasPages()) {
            return tooMany;
        }
        // What else this browser is signed in by Keycloak removes when the sign-in completes, but for its offline
        // access.
        String replaced = new BrowserCookies(session).signedInAs(context.getUser());
        if (replaced == null
                || (limit.countsOffline()
                        && session.sessions().getOfflineUserSession(context.getRealm(), replaced) != null)) {
            return tooMany;
        }
        return tooManyBeside(context, limit, replaced);
    }

    private int tooManyBeside(AuthenticationFlowContext context, SessionLimit limit, String joined) {
        return limits.tooManyForOneMore(context.getRealm(), context.getUser(), limit, joined);
    }

    /** It lasts for the request only. */
    private static boolean isTransient(AuthenticationSessionModel signIn) {
        return SessionPersistenceState.TRANSIENT
                .name()
                .equals(signIn.getClientNote(AuthenticationManager.USER_SESSION_PERSISTENT_STATE));
    }
}
