package io.github.clinicsessions.timeout;

import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The default policy, {@code default}: what realms and organizations have set. Option {@code
 * --spi-clinic-timeout--default--seconds-per-minute}, 1 to 60, 60 if left out: how many seconds a minute of our settings has, for
 * tests and for trying it out; Keycloak's own time-outs stay as they are. Holds that and nothing else.
 */
public final class SettingsTimeoutsFactory implements TimeoutPolicyProviderFactory {

    private static final int SECONDS_OF_MINUTE =
            Math.toIntExact(Duration.ofMinutes(1).toSeconds());

    private volatile int secondsPerMinute = SECONDS_OF_MINUTE;

    @Override
    public TimeoutPolicyProvider create(KeycloakSession session) {
        return new SettingsTimeouts(session, secondsPerMinute);
    }

    @Override
    public void init(Config.Scope config) {
        int wanted = config.getInt("secondsPerMinute", SECONDS_OF_MINUTE);
        secondsPerMinute = Math.max(1, Math.min(SECONDS_OF_MINUTE, wanted));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "default";
    }
}
