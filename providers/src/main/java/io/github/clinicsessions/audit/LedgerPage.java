package io.github.clinicsessions.audit;

import java.util.List;

/**
 * Rows, newest first.
 *
 * @param more whether older ones follow
 */
public record LedgerPage(List<LedgerRow> rows, boolean more) {

    public static final int MAX_ROWS = 100;
}
