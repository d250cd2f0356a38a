package io.github.clinicsessions.timeout;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link TimeoutPolicyProvider}s. */
public interface TimeoutPolicyProviderFactory extends ProviderFactory<TimeoutPolicyProvider> {}
