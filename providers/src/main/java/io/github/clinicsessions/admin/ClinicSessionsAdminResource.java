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
    private final AdminCall call;

    ClinicSessionsAdminResource(
            KeycloakSession session, RealmModel realm, Administrator administrator, AdminCall call) {
        this.session = session;
        this.realm = realm;
        this.administrator = administrator;
        this.call = call;
    }

    /** Staff of all clinics, and their sessions. */
    @Path("staff")
    public StaffAdminResource staff() {
        return new StaffAdminResource(call);
    }

    /** The realm's settings, and each clinic's. */
    @Path("settings")
    public SettingsAdminResource settings() {
        return new SettingsAdminResource(call);
    }

    /** The ledger's rows. */
    @Path("audit")
    public AuditAdminResource audit() {
        return new AuditAdminResource(call);
    }

    /** The same as a file. */
    @Path("audit.csv")
    public AuditFileAdminResource auditFile() {
        return new AuditFileAdminResource(call);
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
