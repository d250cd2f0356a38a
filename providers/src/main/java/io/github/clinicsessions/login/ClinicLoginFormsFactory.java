package io.github.clinicsessions.login;

import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's own factory of the same id by its order. Holds nothing. */
public final class ClinicLoginFormsFactory extends FreeMarkerLoginFormsProviderFactory {

    private static final int BEFORE_KEYCLOAKS = 100;

    @Override
    public LoginFormsProvider create(KeycloakSession session) {
        return new ClinicLoginForms(session);
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS;
    }
}
