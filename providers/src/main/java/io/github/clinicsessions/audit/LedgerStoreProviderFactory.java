package io.github.clinicsessions.audit;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link LedgerStoreProvider}s. */
public interface LedgerStoreProviderFactory extends ProviderFactory<LedgerStoreProvider> {}
