package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.Staff;
import io.github.clinicsessions.clinic.StaffPage;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** The staff of the clinic, by bearer token of its owner. */
public final class StaffResource {

    static final int LONGEST_SEARCH = 100;
    static final int LONGEST_PAGE = 100;

    private final KeycloakSession session;
    private final OwnCall calls;

    StaffResource(KeycloakSession session) {
        this.session = session;
        this.calls = new OwnCall(session);
    }

    /** CORS preflight. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** 200: a page of the list, by user name. */
    @GET
    public Response list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("20") String max) {
        return calls.answer(AccessPolicy::mayOversee, (realm, bearer) -> {
            if (search.length() > LONGEST_SEARCH) {
                throw new ProblemException(
                        Problem.badField("search", "must not be longer than " + LONGEST_SEARCH + " characters"));
            }
            StaffPage page = new Staff(oversight(bearer))
                    .list(search, number("first", first, 0, Integer.MAX_VALUE), number("max", max, 1, LONGEST_PAGE));
            List<StaffRepresentation> staff =
                    page.staff().stream().map(StaffRepresentation::of).toList();
            return OwnCall.ok(Map.of("staff", staff, "total", page.total()));
        });
    }

    private Oversight oversight(Bearer bearer) {
        return Oversight.ofOwner(
                session,
                bearer.userSession(),
                session.getContext().getClient(),
                bearer.caller().owned());
    }

    private static int number(String field, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new ProblemException(Problem.badField(field, "must be a whole number from " + min + " to " + max));
    }
}
