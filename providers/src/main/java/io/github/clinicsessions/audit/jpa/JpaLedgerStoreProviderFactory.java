package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.audit.LedgerStoreProviderFactory;
import io.github.clinicsessions.audit.chain.LedgerTasks;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The default ledger store, {@code jpa}. Its options, {@code --spi-clinic-ledger--jpa--…}: {@code seal-interval} and {@code
 * retention-interval} in seconds, {@code delete-with-realm}. Holds them and nothing else; they are set once, before the first
 * request.
 */
public final class JpaLedgerStoreProviderFactory implements LedgerStoreProviderFactory {

    private static final int SEAL_SECONDS = 60;
    private static final int RETENTION_SECONDS = 3600;

    private volatile @Nullable LedgerTasks tasks;

    @Override
    public LedgerStoreProvider create(KeycloakSession session) {
        return new JpaLedgerStoreProvider(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public String getId() {
        return "jpa";
    }

    @Override
    public void init(Config.Scope config) {
        tasks = new LedgerTasks(
                Duration.ofSeconds(Math.max(1, config.getInt("sealInterval", SEAL_SECONDS))),
                Duration.ofSeconds(Math.max(1, config.getInt("retentionInterval", RETENTION_SECONDS))),
                config.getBoolean("deleteWithRealm", false));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        Objects.requireNonNull(tasks).startWith(factory);
    }

    @Override
    public void close() {}
}
