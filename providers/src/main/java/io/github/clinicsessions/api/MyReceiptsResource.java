package io.github.clinicsessions.api;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.session.Receipt;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.urls.UrlType;

/** Receipts of what was ended of the person's own sessions, by bearer token. */
public final class MyReceiptsResource {

    private final OwnCall calls;

    MyReceiptsResource(KeycloakSession session) {
        this.calls = new OwnCall(session);
    }

    /** CORS preflight. */
    @OPTIONS
    @Path("{any}")
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** 200: what is known by now. 404: no receipt of this person, or not kept any more. */
    @GET
    @Path("{id}")
    public Response receipt(@PathParam("id") String id) {
        return calls.answer(AccessPolicy::maySeeOwnSessions, (realm, bearer) -> {
            if (!Receipt.isWellFormedId(id)) {
                throw new ProblemException(Problem.badField("id", "must be a UUID in lower case"));
            }
            Receipt receipt = calls.sessions(realm, bearer)
                    .receipt(id)
                    .orElseThrow(() -> new ProblemException(Problem.of(Response.Status.NOT_FOUND, null)));
            return OwnCall.ok(ReceiptRepresentation.of(receipt, calls.names(realm, bearer)));
        });
    }

    /** Value of a header {@code Link} (RFC 8288) to a receipt. */
    static Link link(KeycloakSession session, RealmModel realm, String id) {
        return Link.fromUri(session.getContext()
                        .getUri(UrlType.FRONTEND)
                        .getBaseUriBuilder()
                        .path(RealmsResource.class)
                        .path("{realm}/clinic-sessions/v1/me/receipts/{id}")
                        .build(realm.getName(), id))
                .rel("receipt")
                .build();
    }
}
