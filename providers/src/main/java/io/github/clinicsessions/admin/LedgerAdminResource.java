package io.github.clinicsessions.admin;

import io.github.clinicsessions.audit.chain.LedgerVerification;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Administrator;
import io.github.clinicsessions.platform.RealmSwitch;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/ledger}: the ledger of a realm, for its administrators. */
public final class LedgerAdminResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator administrator;

    LedgerAdminResource(KeycloakSession session, RealmModel realm, Administrator administrator) {
        this.session = session;
        this.realm = realm;
        this.administrator = administrator;
    }

    /** Reads the whole chain: takes the longer the more rows there are. */
    @GET
    @Path("verify")
    @Produces(MediaType.APPLICATION_JSON)
    public Response verify() {
        boolean may = AccessPolicy.mayVerifyLedger(administrator) && RealmSwitch.isOn(realm);
        return AdminAnswers.ok(
                session,
                may,
                () -> LedgerVerificationRepresentation.of(
                        realm.getName(), Instant.now(), new LedgerVerification(session, realm).verify()));
    }
}
