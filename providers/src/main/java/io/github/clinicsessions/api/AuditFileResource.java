package io.github.clinicsessions.api;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** The ledger of the owner's clinics as a file, by bearer token. */
public final class AuditFileResource {

    private final OwnerCall calls;

    AuditFileResource(KeycloakSession session) {
        this.calls = new OwnerCall(session);
    }

    /** CORS preflight. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** 200: all rows that the filter lets through, newest first; streamed. */
    @GET
    public Response file(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("user") @Nullable String user,
            @QueryParam("cause") @Nullable String cause,
            @QueryParam("bom") @DefaultValue("false") String bom,
            @QueryParam("clinic") @Nullable String clinic) {
        AuditCalls.Query query = new AuditCalls.Query(from, to, user, cause);
        return calls.see(clinic, owner -> owner.auditCalls().csv(query, bom));
    }
}
