package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.RealmSignOut;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.registry.jpa.RealmSignOuts;
import io.github.clinicsessions.session.Intents.Ending;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Goes through the sessions of a realm that was signed out: Keycloak has removed the online ones and left the offline ones,
 * which it refuses by their date. In pages, each with transactions of its own; may run twice at the same time.
 */
final class RealmSignOutRun {

    private static final int PAGE = 100;

    private RealmSignOutRun() {}

    static void run(KeycloakSession session, RealmModel realm, RealmSignOut signOut) {
        DoneBy by = new DoneBy(
                new Actor(Actor.Type.valueOf(signOut.actorType()), signOut.actorId(), signOut.actorName()),
                signOut.ipAddress());
        String after = "";
        List<LivingSession> page;
        do {
            String from = after;
            page = Transactions.inNew(
                    session,
                    realm,
                    (own, ownRealm) ->
                            new LivingSessions(own).ofRealm(ownRealm.getId(), from, signOut.signedOutAt(), PAGE));
            if (!page.isEmpty()) {
                List<Ending> endings = new Intents(session)
                        .write(
                                realm,
                                page.stream()
                                        .map(one ->
                                                new Intended(one, true, EndRows.of(one, EndCause.REALM_SIGN_OUT, by)))
                                        .toList());
                new Settlement(session).settle(realm, endings);
                after = page.get(page.size() - 1).sessionId();
            }
        } while (page.size() == PAGE);
        Transactions.inNew(session, realm, (own, ownRealm) -> {
            new RealmSignOuts(own).remove(signOut.id());
            return true;
        });
    }
}
