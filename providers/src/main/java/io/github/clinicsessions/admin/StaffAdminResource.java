package io.github.clinicsessions.admin;

import io.github.clinicsessions.api.ProblemException;
import io.github.clinicsessions.api.StaffCalls;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Administrator;
import io.github.clinicsessions.clinic.OverseenPerson;
import io.github.clinicsessions.clinic.Staff;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code …/staff}: everybody of the realm, or of the one clinic that is named, and their sessions. As the owner's calls, without
 * offboarding, for which Keycloak's own console is there.
 */
public final class StaffAdminResource {

    private final AdminCall call;

    StaffAdminResource(AdminCall call) {
        this.call = call;
    }

    /** 200: a page of the list, by user name. */
    @GET
    public Response list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("20") String max,
            @QueryParam("clinic") @Nullable String clinic) {
        return call.answer(AccessPolicy::maySeeStaff, () -> calls(staff(clinic)).list(search, first, max));
    }

    /** 200: the sessions, newest activity first; of whoever has opted out how many there are. */
    @GET
    @Path("{userId}/sessions")
    public Response sessions(@PathParam("userId") String userId, @QueryParam("clinic") @Nullable String clinic) {
        return ofPerson(userId, clinic, AccessPolicy::maySeeStaff, StaffCalls::sessions);
    }

    /** 204: it has ended, now or before. */
    @DELETE
    @Path("{userId}/sessions/{id}")
    public Response end(
            @PathParam("userId") String userId,
            @PathParam("id") String id,
            @QueryParam("clinic") @Nullable String clinic) {
        return ofPerson(userId, clinic, AccessPolicy::mayEndSessionsOfStaff, (calls, person) -> calls.end(person, id));
    }

    /** 200: how many were ended. */
    @POST
    @Path("{userId}/sessions/end")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response endAll(
            @PathParam("userId") String userId, byte[] body, @QueryParam("clinic") @Nullable String clinic) {
        return ofPerson(
                userId, clinic, AccessPolicy::mayEndSessionsOfStaff, (calls, person) -> calls.endAll(person, body));
    }

    /** Fine-grained permissions may give an administrator some persons and not others: the right is asked for this one. */
    private Response ofPerson(
            String userId,
            @Nullable String clinic,
            Predicate<Administrator> right,
            BiFunction<StaffCalls, OverseenPerson, Response> what) {
        return call.answer(() -> {
            Staff staff = staff(clinic);
            OverseenPerson person = staff.find(userId)
                    .filter(found -> call.has(right, found.user()))
                    .orElseThrow(() -> ProblemException.of(Response.Status.NOT_FOUND, null));
            return what.apply(calls(staff), person);
        });
    }

    private Staff staff(@Nullable String clinic) {
        return new Staff(call.oversight(clinic));
    }

    private StaffCalls calls(Staff staff) {
        return new StaffCalls(staff, call.names());
    }
}
