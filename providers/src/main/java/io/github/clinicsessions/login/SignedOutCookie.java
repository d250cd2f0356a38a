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
 * Keeps until the next sign-in which session the browser had when it was signed out: Keycloak takes its own cookies away with the
 * first look at them. That may be a silent one, of an application that asks whether somebody is signed in, and whoever sees the page
 * may load it again. The value is an id as Keycloak signs it for its cookie of a sign-in.
 */
final class SignedOutCookie {

    private static final String NAME = "CLINIC_SIGNED_OUT";
    private static final Duration UNTIL_SEEN = Duration.ofDays(1);
    private static final Duration ONCE_SEEN = Duration.ofMinutes(10);

    private final KeycloakSession session;

    SignedOutCookie(KeycloakSession session) {
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

    /** @param seen whether the person is told now */
    void keep(RealmModel realm, String sessionId, boolean seen) {
        write(
                realm,
                new AuthenticationSessionManager(session).signAndEncodeToBase64AuthSessionId(sessionId),
                seen ? ONCE_SEEN : UNTIL_SEEN);
    }

    /** Somebody has signed in. */
    void forget(RealmModel realm) {
        if (value() != null) {
            write(realm, "", Duration.ZERO);
        }
    }

    private void write(RealmModel realm, String value, Duration age) {
        boolean secure =
                "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(NAME)
                        .value(value)
                        .path(AuthenticationManager.getRealmCookiePath(
                                realm, session.getContext().getUri()))
                        .maxAge(Math.toIntExact(age.toSeconds()))
                        .httpOnly(true)
                        .secure(secure)
                        // As Keycloak's own cookies: silent questions come from frames in pages of other sites.
                        .sameSite(secure ? NewCookie.SameSite.NONE : NewCookie.SameSite.LAX)
                        .build());
    }
}
