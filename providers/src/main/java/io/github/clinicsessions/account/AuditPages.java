package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.ClinicLedger;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.Staff;
import io.github.clinicsessions.text.PageTimes;
import io.github.clinicsessions.text.PlaceText;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The ledger of an owner's clinics: as a page, and as a file. */
final class AuditPages {

    /** Below the account console. */
    static final String PATH = "audit";

    /** The same as a file. */
    static final String CSV_PATH = "audit.csv";

    private static final String CLINIC = "clinic";
    private static final String FIRST = "first";
    private static final String BOM = "bom";
    private static final String[] PARAMETERS = {
        CLINIC, AuditFilter.USER, AuditFilter.CAUSE, AuditFilter.FROM, AuditFilter.TO, FIRST, BOM
    };

    private static final int ROWS = 50;

    /** Nobody turns so many pages; a database that is asked to would have to count all these rows. */
    private static final int MOST_FIRST = 100_000;

    private final PageCalls calls;

    AuditPages(PageCalls calls) {
        this.calls = calls;
    }

    Response list() {
        return show(PATH, (signedIn, oversight) -> {
            AuditFilter filter = new AuditFilter(calls::query, new Staff(oversight));
            boolean bad = !filter.errors().isEmpty();
            int first = first();
            ClinicLedger.Page found = bad
                    ? new ClinicLedger.Page(List.of(), false)
                    : new ClinicLedger(oversight).page(filter.filter(), first, ROWS);
            PageTimes times = new PageTimes(PageCalls.now(), calls.locale(signedIn));
            Map<String, Object> audit = new HashMap<>();
            audit.put("now", PageCalls.now().toString());
            audit.put("typed", filter.typed());
            audit.put("errors", filter.errors());
            audit.put("filtered", !filter.isEmpty() || !clinic().isEmpty());
            audit.put("hiddenPerson", filter.isOfHidden());
            audit.put("causes", AuditModel.causes());
            audit.put("clinic", clinic());
            audit.put("clinics", AuditModel.clinics(signedIn.caller().owned()));
            audit.put("first", first);
            audit.put("rows", new AuditModel(times, new PlaceText(calls.locale(signedIn))).rows(found.entries()));
            if (first > 0) {
                audit.put("newer", link(PATH, filter, FIRST, Integer.toString(Math.max(0, first - ROWS))));
            }
            if (found.more() && first + ROWS <= MOST_FIRST) {
                audit.put("older", link(PATH, filter, FIRST, Integer.toString(first + ROWS)));
            }
            audit.put("csv", link(CSV_PATH, filter, BOM, ""));
            audit.put("csvForExcel", link(CSV_PATH, filter, BOM, "true"));
            return calls.page(
                    bad ? Response.Status.BAD_REQUEST : Response.Status.OK,
                    "audit.ftl",
                    PATH,
                    signedIn,
                    calls.withAttribution(Map.of("audit", audit, "today", times.today())));
        });
    }

    /** A filter that means nothing leads to the page, which says so. */
    Response csv() {
        return show(CSV_PATH, (signedIn, oversight) -> {
            AuditFilter filter = new AuditFilter(calls::query, new Staff(oversight));
            if (!filter.errors().isEmpty()) {
                return Response.seeOther(calls.url(calls.here(PATH, PARAMETERS)))
                        .build();
            }
            StreamingOutput rows =
                    new ClinicLedger(oversight).file(filter.filter(), Boolean.parseBoolean(calls.query(BOM)));
            return Response.ok(rows)
                    .type(new MediaType("text", "csv", Map.of("charset", "UTF-8", "header", "present")))
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName(oversight) + "\"")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .header("X-Content-Type-Options", "nosniff")
                    .build();
        });
    }

    /** To an owner, of the clinic that they name, or of all of theirs. */
    private Response show(String path, BiFunction<SignedIn, Oversight, Response> page) {
        return calls.show(calls.here(path, PARAMETERS), AccessPolicy::mayOversee, signedIn -> {
            List<Clinic> clinics = signedIn.caller().owned(clinic().isEmpty() ? null : clinic());
            return clinics.isEmpty()
                    ? calls.error(Response.Status.NOT_FOUND, "NotFound", path, signedIn)
                    : page.apply(signedIn, calls.oversight(signedIn, clinics));
        });
    }

    private String link(String path, AuditFilter filter, String parameter, String value) {
        return calls.url(path + filter.query(Map.of(CLINIC, clinic(), parameter, value)))
                .toString();
    }

    /** Its alias; empty for all. */
    private String clinic() {
        return Objects.requireNonNullElse(calls.query(CLINIC), "");
    }

    private int first() {
        String text = calls.query(FIRST);
        return text != null && text.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(text), MOST_FIRST) : 0;
    }

    /** With nothing in it that a file system or a header could take amiss. */
    private String fileName(Oversight oversight) {
        List<Clinic> clinics = oversight.clinics();
        @Nullable String alias = clinics.size() == 1 ? clinics.get(0).alias() : null;
        String name = (alias == null ? calls.realm().getName() : alias).replaceAll("[^A-Za-z0-9-]+", "-");
        LocalDate today = PageCalls.now().atZone(ZoneOffset.UTC).toLocalDate();
        return "sessions-" + name + "-" + today + ".csv";
    }
}
