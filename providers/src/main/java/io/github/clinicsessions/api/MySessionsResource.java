package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.NotMe;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.session.ClientNames;
import io.github.clinicsessions.session.OwnSessions;
import io.github.clinicsessions.session.SessionTerminator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The person's own sessions, by bearer token. */
public final class MySessionsResource {

    private final KeycloakSession session;
    private final OwnCall calls;

    MySessionsResource(KeycloakSession session) {
        this.session = session;
        this.calls = new OwnCall(session);
    }

    /** CORS preflight of the list. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** CORS preflight of what is below the list. */
    @OPTIONS
    @Path("{any}")
    public Response preflightBelow() {
        return OwnCall.preflight();
    }

    /** 200: the sessions, the current one first, then the newest activity first. */
    @GET
    public Response list() {
        return calls.answer(AccessPolicy::maySeeOwnSessions, (realm, bearer) -> {
            ClientNames names = calls.names(realm, bearer);
            List<SessionRepresentation> sessions = calls.sessions(realm, bearer).list().stream()
                    .map(view -> SessionRepresentation.of(view, names))
                    .toList();
            return OwnCall.ok(Map.of("sessions", sessions));
        });
    }

    /** CORS preflight of what is below a session. */
    @OPTIONS
    @Path("{any}/report")
    public Response preflightReport() {
        return OwnCall.preflight();
    }

    /** 204: it is ended, now or before; now, with a link to the receipt. 404: no session of this person. */
    @DELETE
    @Path("{id}")
    public Response end(@PathParam("id") String id) {
        return calls.answer(AccessPolicy::mayEndOwnSessions, (realm, bearer) -> {
            requireWellFormed(id);
            OwnSessions sessions = calls.sessions(realm, bearer);
            SessionTerminator.Result result = sessions.end(id);
            if (!result.found() && !sessions.hasEnded(id)) {
                throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
            }
            Response.ResponseBuilder answer = Response.noContent().header(HttpHeaders.CACHE_CONTROL, "no-store");
            if (result.terminationId() != null) {
                answer.links(MyReceiptsResource.link(session, realm, result.terminationId()));
            }
            return answer.build();
        });
    }

    /** 200: how many were ended, and what is known of it at this moment. */
    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response end(byte[] body) {
        return calls.answer(AccessPolicy::mayEndOwnSessions, (realm, bearer) -> {
            EndRequest scope = EndRequest.parse(new String(body, StandardCharsets.UTF_8));
            OwnSessions sessions = calls.sessions(realm, bearer);
            SessionTerminator.Ended ended = scope == EndRequest.ALL ? sessions.endAll() : sessions.endOthers();
            return OwnCall.ok(new EndAnswer(ended.count(), receipt(realm, bearer, ended.terminationId())));
        });
    }

    /** 200: the sign-in is reported as not the person's, and what it came to. 404: no session of this person. */
    @POST
    @Path("{id}/report")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response report(@PathParam("id") String id, byte[] body) {
        return calls.answer(AccessPolicy::mayReport, (realm, bearer) -> {
            requireWellFormed(id);
            boolean others = ReportRequest.parse(new String(body, StandardCharsets.UTF_8));
            String current = bearer.userSession().getId();
            if (id.equals(current)) {
                throw new ProblemException(Problem.badField("id", "must not be the session of the token"));
            }
            if (!calls.sessions(realm, bearer).has(id)) {
                throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
            }
            return OwnCall.ok(ReportAnswer.of(new NotMe(session, realm)
                    .report(bearer.user(), new NotMe.Report(SessionRef.of(id), null, others, current, NotMe.Via.API))
                    .orElseThrow()));
        });
    }

    private static void requireWellFormed(String id) {
        if (!SessionRef.isWellFormedId(id)) {
            throw new ProblemException(Problem.badField(
                    "id", "must be 1 to " + SessionRef.MAX_ID_LENGTH + " letters, digits or any of _ . -"));
        }
    }

    /** In the answer, because a token whose own session has ended cannot ask later. */
    private @Nullable ReceiptRepresentation receipt(RealmModel realm, Bearer bearer, @Nullable String id) {
        return id == null
                ? null
                : calls.sessions(realm, bearer)
                        .receipt(id)
                        .map(receipt -> ReceiptRepresentation.of(receipt, calls.names(realm, bearer)))
                        .orElse(null);
    }
}
