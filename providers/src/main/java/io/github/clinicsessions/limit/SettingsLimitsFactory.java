package io.github.clinicsessions.limit;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The default policy, {@code default}: what realms and organizations have set. Holds nothing. */
public final class SettingsLimitsFactory implements SessionLimitPolicyProviderFactory {

    @Override
    public SessionLimitPolicyProvider create(KeycloakSession session) {
        return new SettingsLimits(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "default";
    }
}
