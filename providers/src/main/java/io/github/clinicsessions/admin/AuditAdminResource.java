package io.github.clinicsessions.admin;

import io.github.clinicsessions.api.AuditCalls;
import io.github.clinicsessions.clinic.AccessPolicy;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code …/audit}: the ledger of the realm, or of the one clinic that is named, in pages. */
public final class AuditAdminResource {

    private final AdminCall call;

    AuditAdminResource(AdminCall call) {
        this.call = call;
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
        return call.answer(
                AccessPolicy::mayReadLedger, () -> new AuditCalls(call.oversight(clinic)).page(query, first, max));
    }
}
