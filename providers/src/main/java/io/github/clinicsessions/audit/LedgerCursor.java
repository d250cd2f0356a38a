package io.github.clinicsessions.audit;

/**
 * A place between two rows of the ledger, newest first.
 *
 * @param occurredAt of the row before it, milliseconds since the epoch
 * @param id of the row before it
 */
public record LedgerCursor(long occurredAt, String id) {

    /** Behind this row. */
    public static LedgerCursor after(LedgerRow row) {
        return new LedgerCursor(row.occurredAt(), row.id());
    }
}
