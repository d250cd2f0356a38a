package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SignOut;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.registry.jpa.SignOuts;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Goes through a {@link SignOut}. Of a person, Keycloak has ended nothing: {@link SessionTerminator} does. Of a realm, Keycloak
 * has removed what it knew: the registry says what that was. In pages, each with transactions of its own, and saying with each
 * that it goes on; harmless if it runs twice.
 */
final class SignOutRun {

    private static final int PAGE = 100;
    private static final int SECOND = 1_000;

    /** A session from before may have begun at a server whose clock is ahead. */
    private static final long CLOCKS_DIFFER_MILLIS = 5_000;

    private SignOutRun() {}

    /** At once. Returns when all is gone through; an exception leaves the rest to {@link UnfinishedEnds}. */
    static void run(KeycloakSession session, RealmModel realm, SignOut signOut) {
        run(session, realm, signOut, Long.MAX_VALUE);
    }

    /** Later, when the person may have signed in again. */
    static void resume(KeycloakSession session, RealmModel realm, SignOut signOut) {
        run(session, realm, signOut, signOut.signedOutAt() + CLOCKS_DIFFER_MILLIS);
    }

    private static void run(KeycloakSession session, RealmModel realm, SignOut signOut, long begunUntil) {
        DoneBy by = new DoneBy(
                new Actor(Actor.Type.valueOf(signOut.actorType()), signOut.actorId(), signOut.actorName()),
                signOut.ipAddress());
        EndCause cause = EndCause.valueOf(signOut.cause());
        if (signOut.userId() == null) {
            ofRealm(session, realm, signOut, cause, by);
        } else {
            PersonsSessions.end(
                    session,
                    realm,
                    signOut.userId(),
                    cause,
                    by,
                    (own, user) -> PersonsSessions.allBut(signOut.keptSessionId(), begunUntil, own, user));
        }
        done(session, realm, signOut);
    }

    /** It is gone through, or has not happened. */
    static void done(KeycloakSession session, RealmModel realm, SignOut signOut) {
        Transactions.inNew(session, realm, (own, ownRealm) -> {
            new SignOuts(own).remove(signOut.id());
            return true;
        });
    }

    private static void ofRealm(KeycloakSession session, RealmModel realm, SignOut signOut, EndCause cause, DoneBy by) {
        String after = "";
        while (after != null) {
            after = page(session, realm, signOut, after, cause, by);
        }
    }

    /** Where the next page begins; null after the last. */
    private static @Nullable String page(
            KeycloakSession session, RealmModel realm, SignOut signOut, String after, EndCause cause, DoneBy by) {
        List<LivingSession> page = Transactions.inNew(session, realm, (own, ownRealm) -> {
            new SignOuts(own).claim(signOut.id(), Long.MAX_VALUE);
            return new LivingSessions(own).ofRealm(ownRealm.getId(), after, signOut.signedOutAt(), PAGE);
        });
        List<Intended> ended = begunBefore(session, realm, signOut, page).stream()
                .map(one -> new Intended(one, true, EndRows.of(one, cause, by)))
                .toList();
        new Settlement(session).settle(realm, new Intents(session).write(realm, ended));
        return page.size() == PAGE ? page.get(PAGE - 1).sessionId() : null;
    }

    /** Keycloak's starts have whole seconds: of those of the same second the ones that it has left began later. */
    private static List<LivingSession> begunBefore(
            KeycloakSession session, RealmModel realm, SignOut signOut, List<LivingSession> page) {
        long second = signOut.signedOutAt() / SECOND * SECOND;
        List<String> close = page.stream()
                .filter(one -> one.startedAt() >= second)
                .map(LivingSession::sessionId)
                .toList();
        Set<String> left = close.isEmpty()
                ? Set.of()
                : Transactions.inNew(session, realm, (own, ownRealm) -> VanishedSessions.present(own, ownRealm, close));
        return page.stream().filter(one -> !left.contains(one.sessionId())).toList();
    }
}
