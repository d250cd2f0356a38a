package io.github.clinicsessions.admin;

import io.github.clinicsessions.api.AuditCalls;
import io.github.clinicsessions.clinic.AccessPolicy;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code …/audit.csv}: the ledger of the realm, or of the one clinic that is named, as a file. */
public final class AuditFileAdminResource {

    private final AdminCall call;

    AuditFileAdminResource(AdminCall call) {
        this.call = call;
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
        return call.answer(AccessPolicy::mayReadLedger, () -> new AuditCalls(call.oversight(clinic)).csv(query, bom));
    }
}
