package io.github.clinicsessions.device.jpa;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Gives Keycloak the tables of known devices and their Liquibase changelog. Stateless. */
public final class DeviceJpaEntityProviderFactory implements JpaEntityProviderFactory {

    /** Its first letters name Liquibase's own table, beside the ledger's and the registry's. */
    private static final String ID = "clinic-devices";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaEntityProvider() {
            @Override
            public List<Class<?>> getEntities() {
                return List.of(KnownDeviceEntity.class, KnownPersonEntity.class);
            }

            @Override
            public String getChangelogLocation() {
                return "META-INF/clinic-sessions-device-changelog.xml";
            }

            @Override
            public String getFactoryId() {
                return ID;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
