package io.github.clinicsessions.audit;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/**
 * What the queue carries.
 *
 * @param also what is to be done in the transaction of the row; not kept where rows are kept on the disk
 */
record LedgerItem(LedgerRow row, @Nullable Consumer<KeycloakSession> also) {

    static List<LedgerItem> of(List<LedgerRow> rows) {
        return rows.stream().map(row -> new LedgerItem(row, null)).toList();
    }

    static List<LedgerRow> rows(List<LedgerItem> items) {
        return items.stream().map(LedgerItem::row).toList();
    }
}
