package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.Transactions;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Where the queue's thread writes to. */
@FunctionalInterface
interface LedgerSink {

    /**
     * Writes all or none; to write a row again does no harm.
     *
     * @return how many rows the ledger did not know yet
     * @throws RuntimeException why none was written
     */
    int write(List<LedgerItem> items);

    /** The ledger, in one transaction each. */
    static LedgerSink ledger(KeycloakSessionFactory factory) {
        return items -> Transactions.resultInBackground(factory, session -> {
            int written = 0;
            for (LedgerItem item : items) {
                written += write(session, item);
            }
            return written;
        });
    }

    private static int write(KeycloakSession session, LedgerItem item) {
        LedgerStoreProvider store = session.getProvider(LedgerStoreProvider.class);
        LedgerRow complete = LedgerRows.complete(session, store, item.row());
        if (complete != null) {
            store.append(complete);
        }
        if (item.also() != null) {
            item.also().accept(session);
        }
        return complete == null ? 0 : 1;
    }
}
