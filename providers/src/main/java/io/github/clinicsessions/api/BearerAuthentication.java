package io.github.clinicsessions.api;

import io.github.clinicsessions.clinic.Caller;
import io.github.clinicsessions.clinic.Callers;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;

/** Who sent the bearer token, by the rules of Keycloak's Account REST API ({@code AccountLoader}). */
final class BearerAuthentication {

    private final KeycloakSession session;

    BearerAuthentication(KeycloakSession session) {
        this.session = session;
    }

    /** The person, their session and what of their rights counts here. */
    record Bearer(UserModel user, UserSessionModel userSession, Caller caller) {}

    /**
     * Also allows the origins that the token names to read the answer.
     *
     * @throws ProblemException 401 without a valid token of this realm with the audience {@code account}; 403 from an
     *     origin that the token's client does not allow
     */
    Bearer require(RealmModel realm) {
        AuthenticationManager.AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        if (result == null || result.session() == null) {
            throw unauthorized("A valid bearer token of this realm is required.");
        }
        ClientModel account = realm.getClientByClientId(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        if (account == null || !account.isEnabled()) {
            throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
        }
        AccessToken token = result.token();
        if (token.getAudience() == null || token.getResourceAccess(account.getClientId()) == null) {
            // A lightweight token carries its claims only when it is looked at by the server.
            AccessTokenIntrospectionProvider<?> introspection =
                    (AccessTokenIntrospectionProvider<?>) session.getProvider(
                            TokenIntrospectionProvider.class,
                            AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE);
            token = introspection.transformAccessToken(token, result.session());
        }
        if (!token.hasAudience(account.getClientId())) {
            throw unauthorized("The token's audience must contain account.");
        }
        allowOrigin(token);
        return new Bearer(result.user(), result.session(), Callers.byToken(result.user(), account, token));
    }

    private static void allowOrigin(AccessToken token) {
        try {
            Cors.builder()
                    .checkAllowedOrigins(token)
                    .allowedMethods(OwnCall.METHODS)
                    .exposedHeaders(HttpHeaders.LINK)
                    .auth()
                    .add();
        } catch (ForbiddenException e) {
            throw new ProblemException(
                    Problem.of(Response.Status.FORBIDDEN, "The token's client does not allow this origin."));
        }
    }

    private static ProblemException unauthorized(String detail) {
        return new ProblemException(Problem.of(Response.Status.UNAUTHORIZED, detail));
    }
}
