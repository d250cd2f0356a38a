package io.github.clinicsessions.api;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** The ledger of the owner's clinics, by bearer token. */
public final class AuditResource {

    private final OwnerCall calls;

    AuditResource(KeycloakSession session) {
        this.calls = new OwnerCall(session);
    }

    /** CORS preflight. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** 200: a page, newest first. */
    @GET
    public Response list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("user") @Nullable String user,
            @QueryParam("cause") @Nullable String cause,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("20") String max,
            @QueryParam("clinic") @Nullable String clinic) {
        AuditCalls.Query query = new AuditCalls.Query(from, to, user, cause);
        return calls.see(clinic, owner -> owner.auditCalls().page(query, first, max));
    }
}
