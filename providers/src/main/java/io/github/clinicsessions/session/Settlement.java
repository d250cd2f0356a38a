package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.session.Intents.Ending;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Sees to it that sessions that somebody else has ended have ended: removes the offline session that Keycloak leaves and what
 * came back by its race, then completes ledger and feed.
 */
final class Settlement {

    private static final List<Duration> LATE_LOOKS = List.of(Duration.ofSeconds(2), Duration.ofSeconds(10));

    private final KeycloakSession session;
    private final SessionRemover remover;
    private final Intents intents;

    Settlement(KeycloakSession session) {
        this.session = session;
        this.remover = new SessionRemover(session);
        this.intents = new Intents(session);
    }

    /** Returns when it is so. */
    void settle(RealmModel realm, List<Ending> endings) {
        if (endings.isEmpty()) {
            return;
        }
        remover.untilGone(realm, tombstones(endings), new LinkedHashSet<>(), (own, one) -> {});
        intents.complete(realm, endings);
        lookLater(session, realm, tombstones(endings));
    }

    /** The same for tombstones that were found unfinished. */
    void settleUnfinished(RealmModel realm, List<EndedSession> tombstones) {
        remover.untilGone(realm, tombstones, new LinkedHashSet<>(), (own, one) -> {});
        intents.completeUnfinished(realm, tombstones);
        lookLater(session, realm, tombstones);
    }

    /**
     * Where sessions are cached, a request that was on its way before the end and is very slow can still bring one back into a
     * cache: two late looks in the background.
     */
    static void lookLater(KeycloakSession session, RealmModel realm, List<EndedSession> tombstones) {
        lookLater(session, realm, tombstones, SessionRemover::new);
    }

    /** The same with a remover of that kind. */
    static void lookLater(
            KeycloakSession session,
            RealmModel realm,
            List<EndedSession> tombstones,
            Function<KeycloakSession, SessionRemover> remover) {
        if (SessionCaches.areUsed(session)) {
            Background background = SessionEventListenerFactory.background(session);
            for (Duration delay : LATE_LOOKS) {
                background.runLater(
                        delay,
                        session.getKeycloakSessionFactory(),
                        realm.getId(),
                        (own, ownRealm) -> remover.apply(own).once(ownRealm, tombstones, (again, one) -> {}));
            }
        }
    }

    private static List<EndedSession> tombstones(List<Ending> endings) {
        return endings.stream().map(Ending::tombstone).toList();
    }
}
