package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerQueue;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.platform.Transactions;
import org.keycloak.models.KeycloakSession;

/** Rows of the ledger about what happened beside a session's beginning and end. */
public final class LedgerNotes {

    private LedgerNotes() {}

    /** Takes the row once the request's transaction has committed; never if it is rolled back. Nobody waits for it. */
    public static void afterCommit(KeycloakSession session, LedgerRow row) {
        LedgerQueue queue = SessionEventListenerFactory.queue(session);
        Transactions.afterCommit(session, () -> queue.offer(row));
    }
}
