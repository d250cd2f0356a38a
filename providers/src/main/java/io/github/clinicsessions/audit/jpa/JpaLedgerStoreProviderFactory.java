package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.audit.LedgerStoreProviderFactory;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The default ledger store, {@code jpa}. Stateless. */
public final class JpaLedgerStoreProviderFactory implements LedgerStoreProviderFactory {

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
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
