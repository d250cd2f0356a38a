package io.github.clinicsessions.limit;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code clinic-limit}: how many sessions a person may have at a time. */
public final class SessionLimitPolicySpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "clinic-limit";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return SessionLimitPolicyProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Keycloak's
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return SessionLimitPolicyProviderFactory.class;
    }
}
