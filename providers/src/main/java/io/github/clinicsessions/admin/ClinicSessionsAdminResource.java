package io.github.clinicsessions.admin;

import io.github.clinicsessions.clinic.Administrator;
import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What lies under {@code /admin/realms/{realm}/clinic-sessions}. */
public final class ClinicSessionsAdminResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator administrator;

    ClinicSessionsAdminResource(KeycloakSession session, RealmModel realm, Administrator administrator) {
        this.session = session;
        this.realm = realm;
        this.administrator = administrator;
    }

    /** What switching the realm on would change. */
    @Path("preflight")
    public PreflightResource preflight() {
        return new PreflightResource(session, realm, administrator);
    }

    /** The realm's ledger. */
    @Path("ledger")
    public LedgerAdminResource ledger() {
        return new LedgerAdminResource(session, realm, administrator);
    }
}
