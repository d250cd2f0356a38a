package io.github.clinicsessions.session;

import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.credential.PasswordCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's own factory of the same id by its order. Stateless beyond Keycloak's configuration. */
public final class ClinicPasswordCredentialProviderFactory extends PasswordCredentialProviderFactory {

    private static final int BEFORE_KEYCLOAKS = 100;

    @Override
    public PasswordCredentialProvider create(KeycloakSession session) {
        return new ClinicPasswordCredentialProvider(session, super.create(session));
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS;
    }
}
