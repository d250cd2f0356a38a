package io.github.clinicsessions.api;

import io.github.clinicsessions.clinic.Caller;
import io.github.clinicsessions.clinic.Callers;
import io.github.clinicsessions.session.ActivityTicket;
import io.github.clinicsessions.session.IdleGate;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
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
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.util.TokenUtil;

/** Who sent the bearer token: by the rules of Keycloak's Account REST API ({@code AccountLoader}), or of any audience. */
final class BearerAuthentication {

    private final KeycloakSession session;

    BearerAuthentication(KeycloakSession session) {
        this.session = session;
    }

    /**
     * The person, their session and what of their rights counts here.
     *
     * @param client to which the token was issued; null for a ticket of our own pages
     */
    record Bearer(
            UserModel user,
            UserSessionModel userSession,
            Caller caller,
            @Nullable ClientModel client) {}

    /** Whoever asks for themselves, by the client to which the token was issued. */
    record Service(String clientId, Caller caller) {}

    /**
     * Also allows the origins that the token names to read the answer.
     *
     * @throws ProblemException 401 without a valid token of this realm with the audience {@code account}; 403 from an
     *     origin that the token's client does not allow
     */
    Bearer require(RealmModel realm) {
        return bearer(realm, living(authenticate()), Response.Status.UNAUTHORIZED);
    }

    private Bearer bearer(RealmModel realm, AuthenticationManager.AuthResult result, Response.Status otherAudience) {
        ClientModel account = account(realm);
        AccessToken token = result.token();
        if (token.getAudience() == null || token.getResourceAccess(account.getClientId()) == null) {
            token = complete(result);
        }
        if (!token.hasAudience(account.getClientId())) {
            throw new ProblemException(Problem.of(otherAudience, "The token's audience must contain account."));
        }
        allowOrigin(token);
        return new Bearer(
                result.user(),
                result.session(),
                Callers.byToken(session, result.session(), account, token),
                result.client());
    }

    /**
     * Takes an {@link ActivityTicket} too, and the token of a session in which nobody has been for too long: the caller is to find
     * that out. Pages of every origin may read that they are refused: an application must be able to tell
     * the end of its session from a network that is down, and no client is known that could say which origins are its own.
     *
     * @throws ProblemException as {@link #require}; but 403 for a token of another audience, which does not tell that its session is over
     */
    Bearer requireOrTicket(RealmModel realm) {
        try {
            String ticket = ticket();
            return ticket == null ? bearer(realm, authenticate(), Response.Status.FORBIDDEN) : ofTicket(realm, ticket);
        } catch (ProblemException e) {
            if (e.problem().status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
                Cors.builder()
                        .allowAllOrigins()
                        .exposedHeaders(HttpHeaders.WWW_AUTHENTICATE)
                        .add();
            }
            throw e;
        }
    }

    private @Nullable String ticket() {
        AppAuthManager.AuthHeader header = header();
        return header != null
                        && TokenUtil.TOKEN_TYPE_BEARER.equalsIgnoreCase(header.getScheme())
                        && ActivityTicket.isOne(header.getToken())
                ? header.getToken()
                : null;
    }

    /** Null without a token. */
    private AppAuthManager.@Nullable AuthHeader header() {
        try {
            return AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                    session.getContext().getHttpRequest().getHttpHeaders());
        } catch (NotAuthorizedException e) {
            throw invalid(); // more than one
        }
    }

    /** A JWT without an algorithm or without claims makes Keycloak's authenticator fail, where it should say no. */
    private static boolean isSignedJwt(String token) {
        try {
            JWSInput jwt = new JWSInput(token);
            return jwt.getHeader() != null
                    && jwt.getHeader().getAlgorithm() != null
                    && jwt.readJsonContent(JsonWebToken.class) != null;
        } catch (JWSInputException e) {
            return false;
        }
    }

    private Bearer ofTicket(RealmModel realm, String ticket) {
        ClientModel account = account(realm);
        UserSessionModel online =
                ActivityTicket.online(session, realm, ticket).orElseThrow(BearerAuthentication::invalid);
        return new Bearer(online.getUser(), online, Callers.byCookie(session, online, account), null);
    }

    private static ClientModel account(RealmModel realm) {
        ClientModel account = realm.getClientByClientId(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        if (account == null || !account.isEnabled()) {
            throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
        }
        return account;
    }

    /**
     * Takes tokens that are meant for whomever. Browsers have no business here, so that no origin is allowed.
     *
     * @throws ProblemException 401 without a valid token of this realm
     */
    Service requireOfAnyAudience(RealmModel realm) {
        AuthenticationManager.AuthResult result = living(authenticate());
        AccessToken token = result.token().getRealmAccess() == null ? complete(result) : result.token();
        return new Service(result.client().getClientId(), Callers.byTokenOfAnyAudience(result.user(), realm, token));
    }

    private AuthenticationManager.AuthResult authenticate() {
        AppAuthManager.AuthHeader header = header();
        if (header == null || !isSignedJwt(header.getToken())) {
            throw invalid();
        }
        AuthenticationManager.AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        if (result == null || result.session() == null) {
            throw invalid();
        }
        return result;
    }

    /** Keycloak takes a session in which nobody has been for too long, until it has ended. */
    private AuthenticationManager.AuthResult living(AuthenticationManager.AuthResult result) {
        UserSessionModel online = result.session();
        boolean ofService = online.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT;
        if (!ofService && new IdleGate(session).isOver(online.getRealm(), online.getId())) {
            throw invalid();
        }
        return result;
    }

    /** A lightweight token carries its claims only when it is looked at by the server. */
    private AccessToken complete(AuthenticationManager.AuthResult result) {
        AccessTokenIntrospectionProvider<?> introspection = (AccessTokenIntrospectionProvider<?>) session.getProvider(
                TokenIntrospectionProvider.class, AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE);
        return introspection.transformAccessToken(result.token(), result.session());
    }

    private static void allowOrigin(AccessToken token) {
        try {
            Cors.builder()
                    .checkAllowedOrigins(token)
                    .allowedMethods(OwnCall.METHODS)
                    .exposedHeaders(HttpHeaders.LINK, HttpHeaders.WWW_AUTHENTICATE)
                    .auth()
                    .add();
        } catch (ForbiddenException e) {
            throw new ProblemException(
                    Problem.of(Response.Status.FORBIDDEN, "The token's client does not allow this origin."));
        }
    }

    private static ProblemException invalid() {
        return unauthorized("A valid bearer token of this realm is required.");
    }

    private static ProblemException unauthorized(String detail) {
        return new ProblemException(Problem.of(Response.Status.UNAUTHORIZED, detail));
    }
}
