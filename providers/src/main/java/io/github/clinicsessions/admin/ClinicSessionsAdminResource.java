package io.github.clinicsessions.admin;

import io.github.clinicsessions.clinic.AdminRights;
import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What lies under {@code /admin/realms/{realm}/clinic-sessions}. */
public final class ClinicSessionsAdminResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminRights rights;

    ClinicSessionsAdminResource(KeycloakSession session, RealmModel realm, AdminRights rights) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
    }

    /** The realm's ledger. */
    @Path("ledger")
    public LedgerAdminResource ledger() {
        return new LedgerAdminResource(session, realm, rights);
    }
}
