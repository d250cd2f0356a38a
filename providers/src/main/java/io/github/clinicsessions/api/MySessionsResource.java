package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Caller;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.session.ClientNames;
import io.github.clinicsessions.session.OwnSessions;
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
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.cors.Cors;

/** The person's own sessions, by bearer token. */
public final class MySessionsResource {

    static final String[] METHODS = {"GET", "POST", "DELETE"};

    private static final Logger LOG = Logger.getLogger(MySessionsResource.class);

    private final KeycloakSession session;

    MySessionsResource(KeycloakSession session) {
        this.session = session;
    }

    /** CORS preflight of the list, as Keycloak's own REST APIs answer it. */
    @OPTIONS
    public Response preflight() {
        Cors.builder().preflight().allowedMethods(METHODS).auth().add();
        return Response.ok().build();
    }

    /** CORS preflight of what is below the list. */
    @OPTIONS
    @Path("{any}")
    public Response preflightBelow() {
        return preflight();
    }

    /** 200: the sessions, the current one first, then the newest activity first. */
    @GET
    public Response list() {
        return answer(AccessPolicy::maySeeOwnSessions, (realm, bearer) -> {
            ClientNames names =
                    ClientNames.of(session, realm, session.getContext().resolveLocale(bearer.user()));
            List<SessionRepresentation> sessions = own(realm, bearer).list().stream()
                    .map(view -> SessionRepresentation.of(view, names))
                    .toList();
            return ok(Map.of("sessions", sessions));
        });
    }

    /** 204: it is ended, now or before. 404: no session of this person. */
    @DELETE
    @Path("{id}")
    public Response end(@PathParam("id") String id) {
        return answer(AccessPolicy::mayEndOwnSessions, (realm, bearer) -> {
            if (!SessionRef.isWellFormedId(id)) {
                throw new ProblemException(Problem.badField(
                        "id", "must be 1 to " + SessionRef.MAX_ID_LENGTH + " letters, digits or any of _ . -"));
            }
            OwnSessions sessions = own(realm, bearer);
            if (!sessions.end(id).found() && !sessions.hasEnded(id)) {
                throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
            }
            return Response.noContent()
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        });
    }

    /** 200: how many were ended. */
    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response end(byte[] body) {
        return answer(AccessPolicy::mayEndOwnSessions, (realm, bearer) -> {
            EndRequest scope = EndRequest.parse(new String(body, StandardCharsets.UTF_8));
            OwnSessions sessions = own(realm, bearer);
            int ended = scope == EndRequest.ALL ? sessions.endAll() : sessions.endOthers();
            return ok(Map.of("ended", ended));
        });
    }

    private OwnSessions own(RealmModel realm, Bearer bearer) {
        return new OwnSessions(session, realm, bearer.user(), bearer.userSession());
    }

    private static Response ok(Object entity) {
        return Response.ok(entity, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Response answer(Predicate<Caller> right, BiFunction<RealmModel, Bearer, Response> call) {
        try {
            RealmModel realm = session.getContext().getRealm();
            if (!RealmSwitch.isOn(realm)) {
                throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
            }
            Bearer bearer = new BearerAuthentication(session).require(realm);
            if (!right.test(bearer.caller())) {
                throw new ProblemException(
                        Problem.of(Response.Status.FORBIDDEN, "The token lacks the role that this takes."));
            }
            return call.apply(realm, bearer);
        } catch (ProblemException e) {
            return e.problem().toResponse();
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            session.getTransactionManager().setRollbackOnly();
            return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, null).toResponse();
        }
    }
}
