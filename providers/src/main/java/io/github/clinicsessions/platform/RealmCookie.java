package io.github.clinicsessions.platform;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager;

/** A cookie that a browser sends with every request to a realm's pages, and that no script of theirs can read. */
public final class RealmCookie {

    private final KeycloakSession session;
    private final String name;

    public RealmCookie(KeycloakSession session, String name) {
        this.session = session;
        this.name = name;
    }

    /** What the request brought; anybody may have written it. Null for none. */
    public @Nullable String value() {
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(name);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /**
     * Sends it with the answer to this request.
     *
     * @param age whole seconds; zero takes it away
     */
    public void write(RealmModel realm, String value, Duration age) {
        boolean secure =
                "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(name)
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
