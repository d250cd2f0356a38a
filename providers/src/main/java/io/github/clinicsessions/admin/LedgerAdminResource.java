package io.github.clinicsessions.admin;

import io.github.clinicsessions.audit.chain.LedgerVerification;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.AdminRights;
import io.github.clinicsessions.platform.RealmSwitch;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/ledger}: the ledger of a realm, for its administrators. */
public final class LedgerAdminResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminRights rights;

    LedgerAdminResource(KeycloakSession session, RealmModel realm, AdminRights rights) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
    }

    /** Reads the whole chain: takes the longer the more rows there are. */
    @GET
    @Path("verify")
    @Produces(MediaType.APPLICATION_JSON)
    public Response verify() {
        if (!AccessPolicy.mayVerifyLedger(rights)) {
            throw new ForbiddenException();
        }
        if (!RealmSwitch.isOn(realm)) {
            throw new NotFoundException();
        }
        Instant now = Instant.now();
        LedgerVerificationRepresentation body = LedgerVerificationRepresentation.of(
                realm.getName(), now, new LedgerVerification(session, realm).verify());
        return Response.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
