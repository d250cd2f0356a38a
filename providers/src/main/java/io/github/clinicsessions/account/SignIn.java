package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Callers;
import io.github.clinicsessions.session.IdleGate;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.utils.PkceUtils;
import org.keycloak.representations.IDToken;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.urls.UrlType;
import org.keycloak.util.TokenUtil;

/** Who is there, and the ways to Keycloak's own sign-in and sign-out. */
final class SignIn {

    private static final int HINT_SECONDS = 60;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel accountClient;

    SignIn(KeycloakSession session, RealmModel realm, ClientModel accountClient) {
        this.session = session;
        this.realm = realm;
        this.accountClient = accountClient;
    }

    /** Null if nobody is signed in. Counts as use of the session, as every page of Keycloak's does. */
    @Nullable
    SignedIn find() {
        if (new IdleGate(session).isOverByCookie(realm)) {
            return null; // before Keycloak's look at the cookie, which takes this for use
        }
        AuthenticationManager.AuthResult result =
                AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        if (result == null) {
            return null;
        }
        String stateChecker = session.getAttribute("state_checker", String.class);
        return new SignedIn(
                result.user(),
                result.session(),
                Objects.requireNonNullElse(stateChecker, ""),
                Callers.byCookie(session, result.session(), accountClient));
    }

    /**
     * To the sign-in page, and back to this URL. The code that comes back is never redeemed (the identity cookie is what
     * counts), so the verifier of its challenge is thrown away; the challenge is sent because a realm may insist on PKCE.
     */
    Response redirect(URI returnTo) {
        return redirect(returnTo, null);
    }

    /**
     * To the sign-in page also for whoever is signed in, unless that was a moment ago, and back to this URL. Keycloak is asked
     * for a minute less than {@link AccessPolicy} wants, so that it never takes for recent what we do not.
     */
    Response redirectToRecent(URI returnTo) {
        return redirect(returnTo, AccessPolicy.RECENT_SIGN_IN.minusMinutes(1));
    }

    private Response redirect(URI returnTo, @Nullable Duration maxAge) {
        UriBuilder url = OIDCLoginProtocolService.authUrl(frontendBase())
                .queryParam(OAuth2Constants.CLIENT_ID, accountClient.getClientId())
                .queryParam(OAuth2Constants.REDIRECT_URI, "{returnTo}")
                .queryParam(OAuth2Constants.RESPONSE_TYPE, OAuth2Constants.CODE)
                .queryParam(OAuth2Constants.SCOPE, OAuth2Constants.SCOPE_OPENID)
                .queryParam(OAuth2Constants.STATE, SecretGenerator.getInstance().generateSecureID())
                .queryParam(
                        OAuth2Constants.CODE_CHALLENGE,
                        PkceUtils.generateS256CodeChallenge(PkceUtils.generateCodeVerifier()))
                .queryParam(OAuth2Constants.CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256);
        if (maxAge != null) {
            url.queryParam(OIDCLoginProtocol.MAX_AGE_PARAM, maxAge.toSeconds());
        }
        return Response.seeOther(url.build(realm.getName(), returnTo.toString()))
                .build();
    }

    /**
     * To Keycloak's logout endpoint, as the stock console does it: with an ID token as hint, so that nobody is asked
     * again, and back to this URL.
     */
    Response redirectToSignOut(SignedIn signedIn, URI returnTo) {
        long now = Time.currentTimeMillis() / 1000;
        IDToken hint = new IDToken();
        hint.type(TokenUtil.TOKEN_TYPE_ID);
        hint.issuer(OIDCLoginProtocolService.tokenServiceBaseUrl(frontendBase())
                .build(realm.getName())
                .toString());
        hint.subject(signedIn.user().getId());
        hint.issuedFor(Constants.ACCOUNT_CONSOLE_CLIENT_ID);
        hint.addAudience(Constants.ACCOUNT_CONSOLE_CLIENT_ID);
        hint.setSessionId(signedIn.userSession().getId());
        hint.iat(now);
        hint.exp(now + HINT_SECONDS);
        URI url = OIDCLoginProtocolService.logoutUrl(frontendBase())
                .queryParam(OIDCLoginProtocol.ID_TOKEN_HINT, session.tokens().encode(hint))
                .queryParam(OIDCLoginProtocol.POST_LOGOUT_REDIRECT_URI_PARAM, "{returnTo}")
                .build(realm.getName(), returnTo.toString());
        return Response.seeOther(url).build();
    }

    private UriBuilder frontendBase() {
        return session.getContext().getUri(UrlType.FRONTEND).getBaseUriBuilder();
    }
}
