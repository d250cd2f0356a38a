package io.github.clinicsessions.login;

import io.github.clinicsessions.platform.RealmCookie;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
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
    private final RealmCookie cookie;

    SignedOutCookie(KeycloakSession session) {
        this.session = session;
        cookie = new RealmCookie(session, NAME);
    }

    @Nullable
    String value() {
        return cookie.value();
    }

    /** @param seen whether the person is told now */
    void keep(RealmModel realm, String sessionId, boolean seen) {
        cookie.write(
                realm,
                new AuthenticationSessionManager(session).signAndEncodeToBase64AuthSessionId(sessionId),
                seen ? ONCE_SEEN : UNTIL_SEEN);
    }

    /** Somebody has signed in. */
    void forget(RealmModel realm) {
        if (value() != null) {
            cookie.write(realm, "", Duration.ZERO);
        }
    }
}
