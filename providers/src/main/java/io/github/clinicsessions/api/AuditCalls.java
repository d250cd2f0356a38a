package io.github.clinicsessions.api;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerPage;
import io.github.clinicsessions.clinic.ClinicLedger;
import io.github.clinicsessions.clinic.Oversight;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls about the ledger, the same for owners and for administrators. Whether who asks may has been asked. All throw {@link
 * ProblemException}.
 */
public final class AuditCalls {

    static final int LONGEST_PAGE = LedgerPage.MAX_ROWS;

    /** Who looks for what is older asks for a time. */
    static final int LAST_FIRST = 10_000;

    /** With the header line that RFC 4180 tells of. */
    private static final String CSV = "text/csv; charset=UTF-8; header=present";

    private static final int LONGEST_ID = 255;

    private final Oversight oversight;

    public AuditCalls(Oversight oversight) {
        this.oversight = oversight;
    }

    /** What was asked for, as it was sent. */
    public record Query(
            @Nullable String from,
            @Nullable String to,
            @Nullable String user,
            @Nullable String cause) {}

    /** 200: rows, newest first, and whether there are older ones. */
    public Response page(Query query, String first, String max) {
        Input input = new Input();
        int from = input.number("first", first, 0, LAST_FIRST);
        int atMost = input.number("max", max, 1, LONGEST_PAGE);
        ClinicLedger.Page page = new ClinicLedger(oversight).page(filter(query, input), from, atMost);
        return OwnCall.ok(Map.of(
                "rows", page.entries().stream().map(AuditRepresentation::of).toList(), "hasMore", page.more()));
    }

    /** 200: all rows as a file, see {@link ClinicLedger#file}. */
    public Response csv(Query query, String bom) {
        Input input = new Input();
        boolean mark = input.flag("bom", bom);
        StreamingOutput rows = new ClinicLedger(oversight).file(filter(query, input), mark);
        return Response.ok(rows, CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /**
     * Any id may be asked for, of whoever is gone too; there are rows of those only who belonged to a clinic of the viewer's. Of
     * whoever has opted out nothing is found: what is masked must not be told by a filter.
     */
    private ClinicLedger.Filter filter(Query query, Input input) {
        Instant from = input.time("from", query.from());
        Instant to = input.time("to", query.to());
        if (from != null && to != null && to.isBefore(from)) {
            input.refuse("to", "must not be before from");
        }
        EndCause cause = input.constant("cause", query.cause(), EndCause.class);
        String user = query.user() == null ? "" : input.text("user", query.user(), LONGEST_ID);
        input.check();
        return new ClinicLedger.Filter(from, to, user.isEmpty() ? null : user, cause);
    }
}
