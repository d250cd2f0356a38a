package io.github.clinicsessions.limit;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link SessionLimitPolicyProvider}s. */
public interface SessionLimitPolicyProviderFactory extends ProviderFactory<SessionLimitPolicyProvider> {}
