package io.github.clinicsessions.session;

import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Keycloak's own passwords, seen by {@link PasswordChanges}: every way to set one comes through here, and none but this
 * class hears of all (a PUT of a user with credentials leaves an event that does not mention them).
 */
final class ClinicPasswordCredentialProvider extends PasswordCredentialProvider {

    private final PasswordCredentialProvider keycloak;

    /**
     * @param keycloak as Keycloak's factory makes it, which checks passwords: it also counts them for the metrics
     */
    ClinicPasswordCredentialProvider(KeycloakSession session, PasswordCredentialProvider keycloak) {
        super(session, null, false, false, false, false, false);
        this.keycloak = keycloak;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, PasswordCredentialModel password) {
        ReportedSignIns.refuseNewPassword(session, realm, user);
        CredentialModel created = keycloak.createCredential(realm, user, password);
        PasswordChanges.changed(session, realm, user);
        return created;
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        boolean valid = keycloak.isValid(realm, user, input);
        if (valid) {
            PasswordChanges.passed(session, realm, user);
        }
        return valid;
    }
}
