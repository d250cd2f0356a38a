package io.github.clinicsessions.platform;

import java.net.URI;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.utils.PkceUtils;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/** Where people go to choose a new password. */
public final class PasswordChange {

    private static final String RETURN_TO = "/sessions";

    private PasswordChange() {}

    /**
     * To Keycloak's own page for it, after a sign-in if there is none, and then to the page of the sessions. The code that comes back is
     * never redeemed, so the verifier of its challenge is thrown away.
     */
    public static URI link(KeycloakSession session, RealmModel realm) {
        URI base = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
        return OIDCLoginProtocolService.authUrl(
                        session.getContext().getUri(UrlType.FRONTEND).getBaseUriBuilder())
                .queryParam(OAuth2Constants.CLIENT_ID, Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
                .queryParam(OAuth2Constants.REDIRECT_URI, "{returnTo}")
                .queryParam(OAuth2Constants.RESPONSE_TYPE, OAuth2Constants.CODE)
                .queryParam(OAuth2Constants.SCOPE, OAuth2Constants.SCOPE_OPENID)
                .queryParam(OAuth2Constants.STATE, SecretGenerator.getInstance().generateSecureID())
                .queryParam(
                        OAuth2Constants.CODE_CHALLENGE,
                        PkceUtils.generateS256CodeChallenge(PkceUtils.generateCodeVerifier()))
                .queryParam(OAuth2Constants.CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256)
                // The old one is asked for, whoever has a session: see ReportedSignIns.
                .queryParam(OIDCLoginProtocol.PROMPT_PARAM, OIDCLoginProtocol.PROMPT_VALUE_LOGIN)
                .queryParam(Constants.KC_ACTION, UserModel.RequiredAction.UPDATE_PASSWORD.name())
                .build(realm.getName(), sessionsPage(base, realm));
    }

    /** The page of the sessions, by which whoever is not signed in comes to the sign-in. */
    public static String sessionsPage(KeycloakSession session, RealmModel realm) {
        return sessionsPage(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm);
    }

    private static String sessionsPage(URI base, RealmModel realm) {
        return Urls.accountBase(base).path(RETURN_TO).build(realm.getName()).toString();
    }
}
