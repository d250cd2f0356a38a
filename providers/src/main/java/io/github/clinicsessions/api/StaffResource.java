package io.github.clinicsessions.api;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Offboarding;
import io.github.clinicsessions.clinic.Offboarding.ReadOnlyDirectoryException;
import io.github.clinicsessions.clinic.OverseenPerson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** The staff of the owner's clinics and their sessions, by bearer token. */
public final class StaffResource {

    private final OwnerCall calls;

    StaffResource(KeycloakSession session) {
        this.calls = new OwnerCall(session);
    }

    /** CORS preflight of the list. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** CORS preflight of what is below the list. */
    @OPTIONS
    @Path("{any:.*}")
    public Response preflightBelow() {
        return OwnCall.preflight();
    }

    /** 200: a page of the list, by user name. */
    @GET
    public Response list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("20") String max,
            @QueryParam("clinic") @Nullable String clinic) {
        return calls.see(clinic, owner -> owner.calls().list(search, first, max));
    }

    /** 200: the sessions, newest activity first; of whoever has opted out how many there are. */
    @GET
    @Path("{userId}/sessions")
    public Response sessions(@PathParam("userId") String userId, @QueryParam("clinic") @Nullable String clinic) {
        return calls.see(clinic, owner -> owner.calls().sessions(owner.person(userId)));
    }

    /** 204: it has ended, now or before. */
    @DELETE
    @Path("{userId}/sessions/{id}")
    public Response end(
            @PathParam("userId") String userId,
            @PathParam("id") String id,
            @QueryParam("clinic") @Nullable String clinic) {
        return calls.change(clinic, owner -> owner.calls().end(owner.person(userId), id));
    }

    /** 200: how many were ended. */
    @POST
    @Path("{userId}/sessions/end")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response endAll(
            @PathParam("userId") String userId, byte[] body, @QueryParam("clinic") @Nullable String clinic) {
        return calls.change(clinic, owner -> owner.calls().endAll(owner.person(userId), body));
    }

    /** 200: how many were ended, and whether the person can sign in nowhere any more. */
    @POST
    @Path("{userId}/offboard")
    public Response offboard(@PathParam("userId") String userId, @QueryParam("clinic") @Nullable String clinic) {
        return calls.change(clinic, owner -> {
            OverseenPerson person = owner.person(userId);
            switch (AccessPolicy.offboarding(
                    owner.bearer().caller(), owner.oversight().clinics(), person.person())) {
                case SELF -> throw ProblemException.of(Response.Status.CONFLICT, "Nobody offboards themselves.");
                case OWNER ->
                    throw ProblemException.of(Response.Status.CONFLICT, "The person is an owner of the clinic too.");
                case ALLOWED -> {
                    // below
                }
            }
            try {
                Offboarding.Outcome outcome = new Offboarding(owner.oversight()).offboard(person);
                return OwnCall.ok(Map.of("ended", outcome.ended(), "disabled", outcome.disabled()));
            } catch (ReadOnlyDirectoryException e) {
                throw ProblemException.of(
                        Response.Status.CONFLICT,
                        "The person is of a directory that Keycloak may not write to; they must be locked there.");
            }
        });
    }
}
