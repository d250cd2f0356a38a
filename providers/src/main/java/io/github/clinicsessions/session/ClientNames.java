package io.github.clinicsessions.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.TemplatingUtil;
import org.keycloak.theme.Theme;

/**
 * Names of applications in a person's language: an administrator may have written a message key of the account theme, as
 * Keycloak does for its own clients (<code>${client_account-console}</code>).
 */
public final class ClientNames {

    private final Properties messages;

    public ClientNames(Properties messages) {
        this.messages = messages;
    }

    /** With the messages of the realm's account theme. */
    public static ClientNames of(KeycloakSession session, RealmModel realm, Locale locale) {
        try {
            return new ClientNames(session.theme().getTheme(Theme.Type.ACCOUNT).getEnhancedMessages(realm, locale));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name, or the client id where there is none. */
    public String of(SessionView.Client client) {
        String name = client.name();
        return name == null ? client.clientId() : TemplatingUtil.resolveVariables(name, messages);
    }
}
