package io.github.clinicsessions.geo;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The provider {@code none}: no country is known. Holds nothing. */
public final class NoCountriesFactory implements GeoProviderFactory {

    @Override
    public GeoProvider create(KeycloakSession session) {
        return new NoCountries();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "none";
    }
}
