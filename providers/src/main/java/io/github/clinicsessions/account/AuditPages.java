package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.ClinicLedger;
import io.github.clinicsessions.clinic.LedgerEntry;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.Staff;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The ledger of an owner's clinics: as a page, and as a file. */
final class AuditPages {

    /** Below the account console. */
    static final String PATH = "audit";

    /** The same as a file. */
    static final String CSV_PATH = "audit.csv";

    private static final String FIRST = "first";
    private static final String CLINIC = "clinic";
    private static final String BOM = "bom";
    private static final int ROWS = 50;
    private static final int LAST_FIRST = 1_000_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel accountClient;
    private final PageRenderer renderer;

    AuditPages(KeycloakSession session, RealmModel realm, ClientModel accountClient, PageRenderer renderer) {
        this.session = session;
        this.realm = realm;
        this.accountClient = accountClient;
        this.renderer = renderer;
    }

    Response list() {
        return show(PATH, signedIn -> {
            Oversight oversight = oversight(signedIn);
            AuditFilter filter = new AuditFilter(this::query, new Staff(oversight));
            int first = first();
            boolean bad = !filter.errors().isEmpty();
            List<LedgerEntry> found =
                    bad ? List.of() : new ClinicLedger(oversight).page(filter.filter(), first, ROWS + 1);
            PageTimes times = new PageTimes(now(), session.getContext().resolveLocale(signedIn.user()));
            Map<String, Object> audit = new HashMap<>();
            audit.put("now", now().toString());
            audit.put("typed", filter.typed());
            audit.put("errors", filter.errors());
            audit.put("filtered", !filter.isEmpty() || query(CLINIC) != null);
            audit.put("hiddenPerson", filter.isOfHidden());
            audit.put("causes", AuditModel.causes());
            audit.put("clinic", clinic());
            audit.put("clinics", clinics(signedIn));
            audit.put("first", first);
            audit.put(
                    "rows",
                    new AuditModel(times).rows(found.stream().limit(ROWS).toList()));
            if (first > 0) {
                audit.put("newer", link(PATH, filter, FIRST, Integer.toString(Math.max(0, first - ROWS))));
            }
            if (found.size() > ROWS) {
                audit.put("older", link(PATH, filter, FIRST, Integer.toString(first + ROWS)));
            }
            audit.put("csv", link(CSV_PATH, filter, BOM, ""));
            audit.put("csvForExcel", link(CSV_PATH, filter, BOM, "true"));
            return renderer.page(
                    bad ? Response.Status.BAD_REQUEST : Response.Status.OK,
                    "audit.ftl",
                    PATH,
                    signedIn,
                    Map.of("audit", audit, "today", times.today()));
        });
    }

    /** A filter that means nothing leads to the page, which says so. */
    Response csv() {
        return show(CSV_PATH, signedIn -> {
            Oversight oversight = oversight(signedIn);
            AuditFilter filter = new AuditFilter(this::query, new Staff(oversight));
            if (!filter.errors().isEmpty()) {
                return Response.seeOther(url(PATH + filter.query(clinicParameter()))).build();
            }
            boolean bom = Boolean.parseBoolean(query(BOM));
            StreamingOutput rows = out -> {
                // Keycloak keeps the request's transaction open until everything is written, which may take longer than a
                // transaction may. What the request did is done.
                session.getTransactionManager().commit();
                new ClinicLedger(oversight).writeCsv(filter.filter(), bom, out);
            };
            return Response.ok(rows)
                    .type(new MediaType("text", "csv", Map.of("charset", "UTF-8", "header", "present")))
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName() + "\"")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header("X-Content-Type-Options", "nosniff")
                    .build();
        });
    }
}
