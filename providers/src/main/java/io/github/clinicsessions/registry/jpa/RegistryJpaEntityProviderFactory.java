package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.feed.FeedCleaning;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Gives Keycloak the registry's tables and their Liquibase changelog, and keeps them from growing for ever. Holds its settings. */
public final class RegistryJpaEntityProviderFactory implements JpaEntityProviderFactory {

    /** Its first letters name Liquibase's own table, beside the ledger's. */
    private static final String ID = "clinic-registry";

    private static final int CLEANING_SECONDS = 60;

    private volatile Duration cleaningInterval = Duration.ofSeconds(CLEANING_SECONDS);

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaEntityProvider() {
            @Override
            public List<Class<?>> getEntities() {
                return List.of(
                        LivingSessionEntity.class,
                        EndedSessionEntity.class,
                        FeedHeadEntity.class,
                        SignOutEntity.class,
                        EndNoticeEntity.class,
                        IdleHeadEntity.class,
                        LimitLockEntity.class);
            }

            @Override
            public String getChangelogLocation() {
                return "META-INF/clinic-sessions-registry-changelog.xml";
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
    public void init(Config.Scope config) {
        cleaningInterval = Duration.ofSeconds(Math.max(1, config.getInt("cleaning-interval", CLEANING_SECONDS)));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        FeedCleaning.startWith(factory, cleaningInterval);
    }

    @Override
    public void close() {}
}
