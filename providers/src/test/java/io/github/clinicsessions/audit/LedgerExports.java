package io.github.clinicsessions.audit;

import io.github.clinicsessions.audit.jpa.LedgerDatabase;

/** Exports without Keycloak. */
public final class LedgerExports {

    private LedgerExports() {}

    /** Each batch in a transaction of its own, as in the server; nothing is masked. */
    public static LedgerExport of(LedgerDatabase database, LedgerQuery query) {
        return LedgerExport.of(cursor -> {
            var rows = database.in(store -> store.batch(query, cursor, LedgerExport.BATCH));
            return new LedgerExport.Batch(
                    rows.stream().map(LedgerEntry::open).toList(),
                    rows.size() < LedgerExport.BATCH ? null : LedgerCursor.after(rows.get(rows.size() - 1)));
        });
    }
}
