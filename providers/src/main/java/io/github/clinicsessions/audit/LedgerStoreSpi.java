package io.github.clinicsessions.audit;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code clinic-ledger}: where the ledger is kept. */
public final class LedgerStoreSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "clinic-ledger";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return LedgerStoreProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Keycloak's
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return LedgerStoreProviderFactory.class;
    }
}
