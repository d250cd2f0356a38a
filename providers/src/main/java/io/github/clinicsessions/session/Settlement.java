package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.session.Intents.Ending;
import java.util.LinkedHashSet;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Sees to it that sessions that somebody else has ended have ended: removes the offline session that Keycloak leaves and what
 * came back by its race, then completes ledger and feed.
 */
final class Settlement {

    private final KeycloakSession session;
    private final SessionRemover remover;
    private final Intents intents;

    Settlement(KeycloakSession session) {
        this.session = session;
        this.remover = new SessionRemover(session);
        this.intents = new Intents(session);
    }

    /**
     * At the end of Keycloak's request: removes at once what there is. Where sessions are cached, the look that needs a pause
     * follows in the background.
     */
    void settleSoon(RealmModel realm, List<Ending> endings) {
        if (endings.isEmpty()) {
            return;
        }
        if (!SessionCaches.areUsed(session)) {
            settle(realm, endings);
            return;
        }
        remover.once(realm, tombstones(endings), (own, one) -> {});
        SessionEventListenerFactory.background(session)
                .run(
                        session.getKeycloakSessionFactory(),
                        realm.getId(),
                        (own, ownRealm) -> new Settlement(own).settle(ownRealm, endings));
    }

    /** Returns when it is so. */
    void settle(RealmModel realm, List<Ending> endings) {
        remover.untilGone(realm, tombstones(endings), new LinkedHashSet<>(), (own, one) -> {});
        intents.complete(realm, endings);
    }

    /** The same for tombstones that were found unfinished. */
    void settleUnfinished(RealmModel realm, List<EndedSession> tombstones) {
        remover.untilGone(realm, tombstones, new LinkedHashSet<>(), (own, one) -> {});
        intents.completeUnfinished(realm, tombstones);
    }

    private static List<EndedSession> tombstones(List<Ending> endings) {
        return endings.stream().map(Ending::tombstone).toList();
    }
}
