package io.github.clinicsessions.account;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.account.AccountConsole;
import org.keycloak.services.resources.account.AccountConsoleFactory;
import org.keycloak.theme.Theme;

/**
 * The account resource provider {@code clinic-account}, which the account theme {@code clinic} names: Keycloak's own
 * account console with our pages beside it.
 */
public final class ClinicAccountFactory extends AccountConsoleFactory {

    @Override
    public String getId() {
        return "clinic-account";
    }

    @Override
    protected AccountConsole createAccountConsole(KeycloakSession session, ClientModel client, Theme theme) {
        return new ClinicAccountConsole(session, client, theme);
    }
}
