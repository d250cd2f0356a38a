package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.Transactions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * The ledger as one CSV file, however long it is: read in batches of {@value #BATCH} rows, each in a transaction of its own that
 * has ended before it is written, so that no reader that is slow holds a connection and nothing is kept of what was written. Rows
 * that come in meanwhile are newer than the first and not in it.
 */
public final class LedgerExport {

    static final int BATCH = 500;

    private final Batches batches;

    private LedgerExport(Batches batches) {
        this.batches = batches;
    }

    /**
     * The rows of a query.
     *
     * @param shown how the viewer is shown them; asked in each batch's transaction, so that it counts what holds then
     */
    public static LedgerExport of(KeycloakSessionFactory factory, LedgerQuery query, Shown shown) {
        return new LedgerExport(after -> Transactions.resultInBackground(factory, session -> {
            RealmModel realm = session.realms().getRealm(query.realmId());
            if (realm == null) {
                throw new IllegalStateException("the realm is gone: " + query.realmId());
            }
            session.getContext().setRealm(realm);
            List<LedgerRow> rows =
                    session.getProvider(LedgerStoreProvider.class).batch(query, after, BATCH);
            LedgerCursor next = rows.size() < BATCH ? null : LedgerCursor.after(rows.get(BATCH - 1));
            return new Batch(rows.isEmpty() ? List.of() : shown.of(session, realm, rows), next);
        }));
    }

    static LedgerExport of(Batches batches) {
        return new LedgerExport(batches);
    }

    /** How a viewer is shown rows. */
    @FunctionalInterface
    public interface Shown {

        /** One entry for each row, in the same order; the session is the batch's and its context has the realm. */
        List<LedgerEntry> of(KeycloakSession session, RealmModel realm, List<LedgerRow> rows);
    }

    /** Where the rows come from. */
    @FunctionalInterface
    interface Batches {
        Batch after(@Nullable LedgerCursor cursor);
    }

    /**
     * Some rows.
     *
     * @param next null after the last
     */
    record Batch(List<LedgerEntry> entries, @Nullable LedgerCursor next) {}

    /**
     * Writes it all, UTF-8, and flushes; closing is left to the caller.
     *
     * @return how many entries
     * @throws IOException what the stream threw: whoever reads has gone
     * @throws RuntimeException if the ledger cannot be read any more: the file is not complete then
     */
    public long writeTo(OutputStream out, boolean byteOrderMark) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        LedgerCsv csv = new LedgerCsv(writer);
        csv.header(byteOrderMark);
        long written = 0;
        LedgerCursor cursor = null;
        do {
            Batch batch = batches.after(cursor);
            for (LedgerEntry entry : batch.entries()) {
                csv.entry(entry);
            }
            written += batch.entries().size();
            cursor = batch.next();
            writer.flush();
        } while (cursor != null);
        return written;
    }
}
