package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.SignOut;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import io.github.clinicsessions.registry.jpa.Registries;
import io.github.clinicsessions.registry.jpa.SignOuts;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Finishes what was begun and left, by whichever server: ends whose tombstone is not done (a crash in between, a database that
 * did not answer), and sign-outs that were not gone through. One server at a time looks for it.
 */
final class UnfinishedEnds {

    private static final Logger LOG = Logger.getLogger(UnfinishedEnds.class);

    /** Whoever began it has finished it by then, or never will. */
    private static final long LEFT_AFTER_MILLIS = 30_000;

    private static final int AT_MOST = 1_000;
    private static final int BATCH = 100;

    private UnfinishedEnds() {}

    /** Never throws. */
    static void finish(KeycloakSessionFactory factory) {
        guarded("ends", () -> finishEnds(factory));
        guarded("sign-outs", () -> finishSignOuts(factory));
    }

    private static void finishEnds(KeycloakSessionFactory factory) {
        List<EndedSession> unfinished = Transactions.resultInBackground(
                factory,
                session ->
                        new EndedSessions(session).unfinished(Time.currentTimeMillis() - LEFT_AFTER_MILLIS, AT_MOST));
        if (unfinished.isEmpty()) {
            return;
        }
        LOG.infof("finishing %d end(s) that were begun", unfinished.size());
        unfinished.stream()
                .collect(Collectors.groupingBy(EndedSession::realmId))
                .forEach((realmId, ended) -> guarded("ends", () -> finishEnds(factory, realmId, ended)));
    }

    private static void finishEnds(KeycloakSessionFactory factory, String realmId, List<EndedSession> ended) {
        for (int from = 0; from < ended.size(); from += BATCH) {
            List<EndedSession> batch = ended.subList(from, Math.min(ended.size(), from + BATCH));
            try {
                settle(factory, realmId, batch);
            } catch (RuntimeException e) {
                LOG.warn("a batch of ends is finished one by one", e);
                batch.forEach(one -> guarded("an end", () -> settle(factory, realmId, List.of(one))));
            }
        }
    }

    private static void settle(KeycloakSessionFactory factory, String realmId, List<EndedSession> ended) {
        inRealm(factory, realmId, (session, realm) -> new Settlement(session).settleUnfinished(realm, ended));
    }

    /** Not on the timer's thread: a realm may have very many sessions. */
    private static void finishSignOuts(KeycloakSessionFactory factory) {
        long untouchedSince = Time.currentTimeMillis() - LEFT_AFTER_MILLIS;
        Transactions.inBackground(factory, session -> {
            for (SignOut signOut : new SignOuts(session).left(untouchedSince, BATCH)) {
                if (session.realms().getRealm(signOut.realmId()) == null) {
                    Registries.forgetRealm(session, signOut.realmId());
                    continue;
                }
                SessionEventListenerFactory.background(session).run(factory, signOut.realmId(), (own, realm) -> {
                    boolean ours = Transactions.inNew(
                            own,
                            realm,
                            (claiming, ownRealm) -> new SignOuts(claiming).claim(signOut.id(), untouchedSince));
                    if (ours) {
                        SignOutRun.resume(own, realm, signOut);
                    }
                });
            }
        });
    }

    /** What is left of a realm that is gone goes with it. */
    static void inRealm(KeycloakSessionFactory factory, String realmId, BiConsumer<KeycloakSession, RealmModel> work) {
        Transactions.inBackground(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                Registries.forgetRealm(session, realmId);
            } else {
                session.getContext().setRealm(realm);
                work.accept(session, realm);
            }
        });
    }

    static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "left to the next look: %s", what);
        }
    }
}
