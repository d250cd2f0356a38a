package io.github.clinicsessions.audit.jpa;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Gives Keycloak our tables and their Liquibase changelog. Stateless. */
public final class LedgerJpaEntityProviderFactory implements JpaEntityProviderFactory {

    private static final String ID = "clinic-sessions-ledger";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaEntityProvider() {
            @Override
            public List<Class<?>> getEntities() {
                return List.of(
                        SessionLedgerEntity.class,
                        LedgerClinicEntity.class,
                        ChainedRowEntity.class,
                        LedgerHeadEntity.class,
                        LedgerSealEntity.class);
            }

            @Override
            public String getChangelogLocation() {
                return "META-INF/clinic-sessions-ledger-changelog.xml";
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
