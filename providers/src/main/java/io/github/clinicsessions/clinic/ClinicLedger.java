package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerCursor;
import io.github.clinicsessions.audit.LedgerQuery;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** STUB until main has it. */
public final class ClinicLedger {

    private final Oversight oversight;

    public ClinicLedger(Oversight oversight) {
        this.oversight = oversight;
    }

    public record Filter(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String userId,
            @Nullable EndCause cause) {}

    public List<LedgerEntry> page(Filter filter, int first, int max) {
        return Transactions.inNew(
                oversight.session(),
                oversight.realm(),
                (own, realm) ->
                        own
                                .getProvider(LedgerStoreProvider.class)
                                .page(query(realm.getId(), filter), first, max)
                                .rows()
                                .stream()
                                .map(ClinicLedger::entry)
                                .toList());
    }

    public void writeCsv(Filter filter, boolean bom, OutputStream out) throws IOException {
        LedgerCursor after = null;
        out.write("id\r\n".getBytes(StandardCharsets.UTF_8));
        while (true) {
            LedgerCursor from = after;
            List<LedgerRow> rows = Transactions.inNew(
                    oversight.session(),
                    oversight.realm(),
                    (own, realm) ->
                            own.getProvider(LedgerStoreProvider.class).batch(query(realm.getId(), filter), from, 500));
            for (LedgerRow row : rows) {
                out.write((row.id() + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
            if (rows.size() < 500) {
                return;
            }
            after = LedgerCursor.after(rows.get(rows.size() - 1));
        }
    }

    private LedgerQuery query(String realmId, Filter filter) {
        Set<String> clinics = oversight.clinics().stream().map(Clinic::id).collect(Collectors.toSet());
        return LedgerQuery.of(realmId, clinics)
                .between(
                        filter.from() == null ? null : filter.from().toEpochMilli(),
                        filter.to() == null ? null : filter.to().toEpochMilli())
                .about(filter.userId())
                .endedBy(filter.cause());
    }

    private static LedgerEntry entry(LedgerRow row) {
        return new LedgerEntry(
                row.id(),
                Instant.ofEpochMilli(row.occurredAt()),
                row.action(),
                row.cause(),
                false,
                row.userId(),
                row.username(),
                row.sessionRef(),
                row.actor().type(),
                row.actor().id(),
                row.actor().name(),
                row.device(),
                row.ipAddress(),
                row.country(),
                row.details());
    }
}
