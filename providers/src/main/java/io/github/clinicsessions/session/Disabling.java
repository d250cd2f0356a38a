package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Who is disabled has no sessions any more: Keycloak only refuses them, and would accept them again as soon as the person is
 * enabled.
 */
final class Disabling {

    private Disabling() {}

    /** Ends the person's sessions once the transaction that disables them has committed. */
    static void after(KeycloakSession session, RealmModel realm, String userId, DoneBy by) {
        KeycloakEndings.of(session, realm).allButOf(userId, null, EndCause.USER_DISABLED, by);
    }
}
