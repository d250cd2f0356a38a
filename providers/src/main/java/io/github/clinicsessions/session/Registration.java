package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Puts a session into the registry of living ones, in a background transaction. */
final class Registration {

    private static final int SECOND = 1_000;

    private Registration() {}

    /**
     * A session that has just begun. If the registry has an earlier one of its id, that one had expired: Keycloak uses the id
     * again without a word about it.
     */
    static void begun(KeycloakSession own, LivingSession session) {
        Optional<EndedSession> tombstone = tombstone(own, session);
        if (tombstone.isEmpty()) {
            begin(own, session);
        } else if (tombstone.get().done()) {
            endAgain(own, session, tombstone.get()); // else it is being ended at this moment, as one too many
        }
    }

    /** The same, but what has its tombstone is left as it is. */
    static void beginUnlessEnded(KeycloakSession own, LivingSession session) {
        if (tombstone(own, session).isEmpty()) {
            begin(own, session);
        }
    }

    private static void begin(KeycloakSession own, LivingSession session) {
        new LivingSessions(own)
                .register(session)
                .ifPresent(
                        earlier -> after(own, earlier, (later, realm) -> endExpired(later, realm, earlier, session)));
    }

    /** A session that is in use. If it has ended, Keycloak's race has brought it back. */
    static void seen(KeycloakSession own, LivingSession session) {
        LivingSessions living = new LivingSessions(own);
        if (living.find(session.realmId(), session.sessionId()).isEmpty()) {
            tombstone(own, session)
                    .ifPresentOrElse(ended -> endAgain(own, session, ended), () -> living.register(session));
        }
    }

    private static void endAgain(KeycloakSession own, LivingSession session, EndedSession ended) {
        after(own, session, (later, realm) -> new Settlement(later).settleUnfinished(realm, List.of(ended)));
    }

    private static Optional<EndedSession> tombstone(KeycloakSession own, LivingSession session) {
        return new EndedSessions(own)
                .find(session.realmId(), List.of(session.sessionId())).stream()
                        .filter(ended -> ended.covers(Math.toIntExact(session.startedAt() / SECOND), false))
                        .findFirst();
    }

    /** Nothing of the earlier one can be left: the new one has taken its place under the same id. */
    private static void endExpired(
            KeycloakSession later, RealmModel realm, LivingSession earlier, LivingSession session) {
        Intents intents = new Intents(later);
        EndCause cause = Expiry.causeOf(realm, earlier);
        long before = session.startedAt() - 1;
        Intended ended = new Intended(
                earlier, true, earlier.startedAt(), before, EndRows.of(earlier, cause, DoneBy.NOBODY), List.of());
        intents.complete(realm, intents.write(realm, List.of(ended)), before);
    }

    private static void after(KeycloakSession own, LivingSession session, Background.Task task) {
        Background background = SessionEventListenerFactory.background(own);
        Transactions.afterCommit(own, () -> background.run(own.getKeycloakSessionFactory(), session.realmId(), task));
    }
}
