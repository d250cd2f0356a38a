package io.github.clinicsessions.login;

import io.github.clinicsessions.platform.SessionRef;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.StickySessionEncoderProvider;
import org.keycloak.util.TokenUtil;

/**
 * Which session the browser had or has, by those of Keycloak's cookies that this realm has signed. Looking at them here uses no
 * session and changes no cookie.
 */
final class BrowserCookies {

    private static final Logger LOG = Logger.getLogger(BrowserCookies.class);

    private final KeycloakSession session;

    BrowserCookies(KeycloakSession session) {
        this.session = session;
    }

    /** Id of the session of the identity cookie, whether it lives or not. */
    @Nullable
    String signedIn() {
        AccessToken identity = identity();
        return identity == null ? null : wellFormed(identity.getSessionId());
    }

    /** The same, if the cookie is this person's and has not expired. */
    @Nullable
    String signedInAs(UserModel user) {
        AccessToken identity = identity();
        return identity != null && identity.isActive() && user.getId().equals(identity.getSubject())
                ? wellFormed(identity.getSessionId())
                : null;
    }

    private @Nullable AccessToken identity() {
        try {
            String token = cookie(CookieType.IDENTITY);
            AccessToken decoded = token == null ? null : session.tokens().decode(token, AccessToken.class);
            // Only the signature has been verified, which other tokens of the realm have too.
            return decoded != null && TokenUtil.TOKEN_TYPE_KEYCLOAK_ID.equals(decoded.getType()) ? decoded : null;
        } catch (RuntimeException e) {
            LOG.debug("an identity cookie that cannot be read", e);
            return null;
        }
    }

    /**
     * Id of the browser's last sign-in, which its session has too: this cookie is left when Keycloak's pages have taken away the one
     * of a session that has ended.
     */
    @Nullable
    String lastSignIn() {
        try {
            String encoded = cookie(CookieType.AUTH_SESSION_ID);
            return encoded == null
                    ? null
                    : decoded(session.getProvider(StickySessionEncoderProvider.class)
                            .decodeSessionIdAndRoute(encoded)
                            .sessionId());
        } catch (RuntimeException e) {
            LOG.debug("a cookie of a sign-in that cannot be read", e);
            return null;
        }
    }

    /** The id that this realm has signed; null for anything else. */
    @Nullable
    String decoded(@Nullable String signed) {
        return signed == null
                ? null
                : wellFormed(new AuthenticationSessionManager(session).decodeBase64AndValidateSignature(signed));
    }

    private @Nullable String cookie(CookieType type) {
        String value = session.getProvider(CookieProvider.class).get(type);
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable String wellFormed(@Nullable String id) {
        return id != null && SessionRef.isWellFormedId(id) ? id : null;
    }
}
