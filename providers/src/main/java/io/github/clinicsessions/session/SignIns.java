package io.github.clinicsessions.session;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** Sign-ins under way, with the notes that were made of them. */
final class SignIns {

    private SignIns() {}

    /**
     * Those that have become, or would become, this session: the context's first, which may already be out of the store, and those
     * of the same browser. The context alone does not do: Keycloak's logout of another session puts a flow of its own there.
     */
    static Stream<AuthenticationSessionModel> of(
            KeycloakSession session, RealmModel realm, String sessionId, UserModel user) {
        return Stream.concat(
                current(session, sessionId).stream(),
                of(session.authenticationSessions().getRootAuthenticationSession(realm, sessionId), user));
    }

    /** The one of this request, if it is one of this session. */
    static Optional<AuthenticationSessionModel> current(KeycloakSession session, String sessionId) {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .filter(one -> one.getParentSession().getId().equals(sessionId));
    }

    /** The person's in this browser. */
    static Stream<AuthenticationSessionModel> of(@Nullable RootAuthenticationSessionModel browser, UserModel user) {
        return browser == null
                ? Stream.empty()
                : browser.getAuthenticationSessions().values().stream()
                        .filter(flow -> user.equals(flow.getAuthenticatedUser()));
    }
}
