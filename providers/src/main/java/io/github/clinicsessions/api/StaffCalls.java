package io.github.clinicsessions.api;

import io.github.clinicsessions.clinic.OverseenPerson;
import io.github.clinicsessions.clinic.Staff;
import io.github.clinicsessions.clinic.StaffPage;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.session.ClientNames;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * The calls about staff and their sessions, the same for owners and for administrators. Whether who asks may, and may with this
 * person, has been asked. All throw {@link ProblemException}.
 */
public final class StaffCalls {

    static final int LONGEST_SEARCH = 100;
    static final int LONGEST_PAGE = 100;

    private final Staff staff;
    private final ClientNames names;

    /** @param names in the language of who asks */
    public StaffCalls(Staff staff, ClientNames names) {
        this.staff = staff;
        this.names = names;
    }

    /** 200: a page of the list, by user name. The parameters are as they were sent. */
    public Response list(String search, String first, String max) {
        Input input = new Input();
        String words = input.text("search", search, LONGEST_SEARCH);
        int from = input.number("first", first, 0, Integer.MAX_VALUE);
        int atMost = input.number("max", max, 1, LONGEST_PAGE);
        input.check();
        StaffPage page = staff.list(words, from, atMost);
        List<StaffRepresentation> people =
                page.staff().stream().map(StaffRepresentation::of).toList();
        return OwnCall.ok(Map.of("staff", people, "total", page.total()));
    }

    /** 200: the sessions, newest activity first; of whoever has opted out how many there are. */
    public Response sessions(OverseenPerson person) {
        return OwnCall.ok(OverseenRepresentation.of(person, names));
    }

    /** 204: it has ended, now or before. */
    public Response end(OverseenPerson person, String id) {
        if (!SessionRef.isWellFormedId(id)) {
            throw new ProblemException(Problem.badField(
                    "id", "must be 1 to " + SessionRef.MAX_ID_LENGTH + " letters, digits or any of _ . -"));
        }
        if (person.end(id).count() == 0 && !person.hasEnded(id)) {
            throw ProblemException.of(Response.Status.NOT_FOUND, null);
        }
        return Response.noContent()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** 200: how many were ended. */
    public Response endAll(OverseenPerson person, byte[] body) {
        EndRequest.parse(new String(body, StandardCharsets.UTF_8), EnumSet.of(EndRequest.ALL));
        return OwnCall.ok(Map.of("ended", person.endAll()));
    }
}
