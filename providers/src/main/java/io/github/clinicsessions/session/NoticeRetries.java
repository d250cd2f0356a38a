package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.registry.jpa.EndNotices;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Finds notices that are due, by whichever server they were written: first attempts that it did not come to, and further
 * ones. One server at a time looks; all of them may send.
 */
final class NoticeRetries {

    private static final Logger LOG = Logger.getLogger(NoticeRetries.class);
    private static final int DELETED_AT_ONCE = 1_000;

    private final NoticeSender sender;

    NoticeRetries(NoticeSender sender) {
        this.sender = sender;
    }

    /** Returns without waiting for any client; never throws. */
    void run(KeycloakSessionFactory factory) {
        try {
            int room = sender.room();
            if (room > 0) {
                List<EndNotice> due =
                        Transactions.resultInBackground(factory, session -> new EndNotices(session).due(room));
                due.forEach(notice -> sender.sendDue(factory, notice));
            }
            Transactions.inBackground(factory, session -> new EndNotices(session).deleteExpired(DELETED_AT_ONCE));
        } catch (RuntimeException e) {
            LOG.error("clients that are to be told of sign-outs are left to the next look", e);
        }
    }
}
