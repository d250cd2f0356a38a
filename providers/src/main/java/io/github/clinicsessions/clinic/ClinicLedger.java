package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerCursor;
import io.github.clinicsessions.audit.LedgerEntry;
import io.github.clinicsessions.audit.LedgerExport;
import io.github.clinicsessions.audit.LedgerPage;
import io.github.clinicsessions.audit.LedgerQuery;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.clinic.jpa.PrivatePersons;
import io.github.clinicsessions.platform.Transactions;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The ledger as those see it who oversee clinics: rows that name one of these clinics, and of whoever is opted out towards them,
 * now or at the time of the row, only when, what, why and by whom.
 */
public final class ClinicLedger {

    private static final int BATCH = 500;

    private final Oversight oversight;

    public ClinicLedger(Oversight oversight) {
        this.oversight = oversight;
    }

    /**
     * Which rows.
     *
     * @param from not before this; where it or the other is not the beginning of a day (UTC), nothing masked is found, of which
     *     nobody is to learn the time
     * @param to before this
     * @param userId rows about this person, of whom nothing is found that would be masked
     * @param cause rows of sessions that have ended for this reason
     */
    public record Filter(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String userId,
            @Nullable EndCause cause) {}

    /**
     * A part of the list.
     *
     * @param entries newest first
     * @param more whether older ones follow
     */
    public record Page(List<LedgerEntry> entries, boolean more) {}

    /**
     * A page.
     *
     * @param first how many to leave out, 0 or more
     * @param max 1 to {@value LedgerPage#MAX_ROWS}
     */
    public Page page(Filter filter, int first, int max) {
        LedgerQuery query = query(filter);
        Masking masking = masking(filter);
        // In a transaction of its own: our tables are not read in Keycloak's.
        return Transactions.inNew(oversight.session(), oversight.realm(), (own, realm) -> {
            if (!masking.withMasked()) {
                return masking.pageOfOpen(own, realm, query, first, max);
            }
            LedgerPage page = own.getProvider(LedgerStoreProvider.class).page(query, first, max);
            return new Page(masking.of(own, realm, page.rows()), page.more());
        });
    }

    /**
     * Everything as CSV, see {@link LedgerExport}; read in the background, in constant memory.
     *
     * @param byteOrderMark whether the file begins with one
     */
    public StreamingOutput file(Filter filter, boolean byteOrderMark) {
        Masking masking = masking(filter);
        KeycloakSession session = oversight.session();
        LedgerExport export = LedgerExport.of(session.getKeycloakSessionFactory(), query(filter), masking::of);
        return out -> {
            // Keycloak would keep the request's transaction, and its connection, until the last row is written: longer
            // than a transaction may take. What the request did is done.
            session.getTransactionManager().commit();
            export.writeTo(out, byteOrderMark);
        };
    }

    private LedgerQuery query(Filter filter) {
        String userId = filter.userId();
        LedgerQuery query = LedgerQuery.of(oversight.realm().getId(), clinicIds())
                .between(millis(filter.from()), millis(filter.to()))
                .endedBy(filter.cause());
        if (!isOfWholeDays(filter)) {
            query = query.leavingOutMasked();
        }
        return userId == null ? query : aboutPerson(query.about(userId), userId);
    }

    /**
     * Of whoever wants not to be seen through those clinics only that do not allow it, also of former staff: a filter must not
     * tell what is masked.
     */
    private LedgerQuery aboutPerson(LedgerQuery query, String userId) {
        KeycloakSession session = oversight.session();
        boolean hidden = !new PrivatePersons(session)
                .among(oversight.realm().getId(), List.of(userId))
                .isEmpty();
        return hidden
                ? query.through(ids(oversight.clinics().stream()
                                .filter(clinic -> !clinic.optOutAllowed())
                                .toList()))
                        .leavingOutMasked()
                : query.leavingOutMasked();
    }

    /** Null for whoever sees every row of the realm, those of no clinic too. */
    private @Nullable Set<String> clinicIds() {
        return oversight.isOfWholeRealm() ? null : ids(oversight.clinics());
    }

    private static boolean isOfWholeDays(Filter filter) {
        return Stream.of(Optional.ofNullable(filter.from()), Optional.ofNullable(filter.to()))
                .flatMap(Optional::stream)
                .allMatch(time -> LedgerEntry.isBeginningOfDay(time.toEpochMilli()));
    }

    private Masking masking(Filter filter) {
        return new Masking(
                isOfWholeDays(filter),
                clinicIds(),
                ids(oversight.clinics().stream().filter(Clinic::optOutAllowed).toList()));
    }

    private static Set<String> ids(List<Clinic> clinics) {
        return clinics.stream().map(Clinic::id).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /**
     * What is left of rows.
     *
     * @param withMasked whether masked ones are left at all
     * @param clinicIds through which they are seen; null for every clinic
     * @param allowing those that allow people to opt out
     */
    private record Masking(boolean withMasked, @Nullable Set<String> clinicIds, Set<String> allowing) {

        /**
         * A page of those that are not masked, counted after the others are gone: how full a page is, and whether there are more,
         * would tell the time of what is masked.
         */
        Page pageOfOpen(KeycloakSession session, RealmModel realm, LedgerQuery query, int first, int max) {
            LedgerStoreProvider store = session.getProvider(LedgerStoreProvider.class);
            List<LedgerEntry> entries = new ArrayList<>();
            int passed = 0;
            LedgerCursor cursor = null;
            List<LedgerRow> rows;
            do {
                rows = store.batch(query, cursor, BATCH);
                for (LedgerEntry entry : of(session, realm, rows)) {
                    if (passed < first) {
                        passed++;
                    } else if (entries.size() < max) {
                        entries.add(entry);
                    } else {
                        return new Page(entries, true);
                    }
                }
                cursor = rows.isEmpty() ? null : LedgerCursor.after(rows.get(rows.size() - 1));
            } while (rows.size() == BATCH);
            return new Page(entries, false);
        }

        List<LedgerEntry> of(KeycloakSession session, RealmModel realm, List<LedgerRow> rows) {
            Set<String> persons = rows.stream().map(LedgerRow::userId).collect(Collectors.toSet());
            Set<String> hidden = new PrivatePersons(session).among(realm.getId(), persons);
            return rows.stream()
                    .map(row -> LedgerEntry.of(
                            row, row.maskedFor(clinicIds, hidden.contains(row.userId()) ? allowing : Set.of())))
                    .filter(entry -> withMasked || !entry.masked())
                    .map(entry -> clinicIds == null ? entry : entry.withoutActorsAddress())
                    .toList();
        }
    }
}
