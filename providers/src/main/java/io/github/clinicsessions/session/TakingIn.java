package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Registers the sessions that a realm has when it is switched on, and those that were missed while the extension was not
 * there. In small pages that are tried again: people sign in meanwhile, and whoever uses a session registers it too.
 */
final class TakingIn {

    private static final int PAGE = 200;

    private TakingIn() {}

    /** Answers how many. */
    static int run(KeycloakSession session, RealmModel realm) {
        int count = 0;
        String after = "";
        List<LivingSession> page;
        do {
            String from = after;
            page = Transactions.inNew(
                    session,
                    realm,
                    (own, ownRealm) -> new LivingSessions(own).unregistered(ownRealm.getId(), from, PAGE));
            if (!page.isEmpty()) {
                register(session, realm, page);
                count += page.size();
                after = page.get(page.size() - 1).sessionId();
            }
        } while (page.size() == PAGE);
        return count;
    }

    private static void register(KeycloakSession session, RealmModel realm, List<LivingSession> page) {
        Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
            LivingSessions living = new LivingSessions(own);
            for (LivingSession one : page) {
                // The first of an id is the online one, whose start counts.
                if (living.find(one.realmId(), one.sessionId()).isEmpty()) {
                    living.register(one);
                }
            }
            return true;
        });
    }
}
