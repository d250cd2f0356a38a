package io.github.clinicsessions.geo;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code clinic-geo}: which country an address is in. */
public final class GeoSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "clinic-geo";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return GeoProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Keycloak's
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return GeoProviderFactory.class;
    }
}
