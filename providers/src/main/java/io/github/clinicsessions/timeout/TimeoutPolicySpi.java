package io.github.clinicsessions.timeout;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code clinic-timeout}: for how long sessions may last without a human. */
public final class TimeoutPolicySpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "clinic-timeout";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return TimeoutPolicyProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Keycloak's
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return TimeoutPolicyProviderFactory.class;
    }
}
