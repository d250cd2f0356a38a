package io.github.clinicsessions.login;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;

/**
 * Keeps until the next sign-in page that is seen which session the browser had: an application that asks silently whether somebody is
 * signed in makes Keycloak take its own cookies away, and throw away the page that would have said why. The value is an id as
 * Keycloak signs it for its cookie of a sign-in.
 */
final class PassiveCookie {

    private static final String NAME = "CLINIC_SIGNED_OUT";
    private static final int SECONDS = Math.toIntExact(Duration.ofDays(1).toSeconds());

    private final KeycloakSession session;

    PassiveCookie(KeycloakSession session) {
        this.session = session;
    }

    @Nullable
    String value() {
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(NAME);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    void keep(RealmModel realm, String sessionId) {
        write(realm, new AuthenticationSessionManager(session).signAndEncodeToBase64AuthSessionId(sessionId), SECONDS);
    }

    void forget(RealmModel realm) {
        if (value() != null) {
            write(realm, "", 0);
        }
    }

    private void write(RealmModel realm, String value, int seconds) {
        boolean secure =
                "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(NAME)
                        .value(value)
                        .path(AuthenticationManager.getRealmCookiePath(
                                realm, session.getContext().getUri()))
                        .maxAge(seconds)
                        .httpOnly(true)
                        .secure(secure)
                        // As Keycloak's own cookies: silent questions come from frames in pages of other sites.
                        .sameSite(secure ? NewCookie.SameSite.NONE : NewCookie.SameSite.LAX)
                        .build());
    }
}
