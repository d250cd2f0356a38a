package io.github.clinicsessions.bounds;

import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.timeout.TimeoutPolicyProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What the bounds of a realm come to now, by its settings and its clinics'. */
public final class Limits {

    private final RealmSettings settings;
    private final NativeIdle idle;

    Limits(RealmSettings settings, NativeIdle idle) {
        this.settings = settings;
        this.idle = idle;
    }

    /** One query where the realm has organizations. */
    public static Limits of(KeycloakSession session, RealmModel realm) {
        RealmSettings settings = RealmSettings.of(realm);
        return new Limits(
                settings,
                NativeIdle.of(
                        RememberedIdle.stored(realm, settings),
                        session.getProvider(TimeoutPolicyProvider.class).longestMinutes(realm)));
    }

    /** Seconds that a session may last unused, by what is Keycloak's. */
    public int longestIdleSeconds() {
        return idle.longestSeconds();
    }

    /** Seconds that a session may last. */
    public int longestSessionSeconds() {
        return settings.longestSessionSeconds();
    }

    RealmSettings settings() {
        return settings;
    }

    NativeIdle idle() {
        return idle;
    }
}
