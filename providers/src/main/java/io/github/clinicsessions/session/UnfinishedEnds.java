package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.RealmSignOut;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.registry.jpa.RealmSignOuts;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Finds what was left undone, by whichever server: ends that were begun and not finished (a crash in between), realms whose
 * sign-out was not gone through, and registered sessions that are gone without a word (ended by code of others, or while the
 * extension was not there). One server at a time does it.
 */
final class UnfinishedEnds {

    private static final Logger LOG = Logger.getLogger(UnfinishedEnds.class);

    /** Whoever began it has finished it by then, or never will. */
    private static final long LEFT_AFTER_MILLIS = 30_000;

    /** Keycloak writes a new session a moment after our row. */
    private static final long SETTLED_AFTER_MILLIS = 60_000;

    private static final int BATCH = 100;
    private static final int BATCHES = 10;
    private static final int REGISTRY_PAGE = 5_000;

    /** Where the walk over a realm's registry goes on; lost at a restart, which begins it anew. */
    private final Map<String, String> nextOf = new ConcurrentHashMap<>();

    /** Never throws. */
    void finish(KeycloakSessionFactory factory) {
        guarded("ends", () -> finishEnds(factory));
        guarded("realm sign-outs", () -> finishRealmSignOuts(factory));
    }

    private void finishEnds(KeycloakSessionFactory factory) {
        for (int batch = 0; batch < BATCHES; batch++) {
            List<EndedSession> unfinished = Transactions.resultInBackground(
                    factory,
                    session ->
                            new EndedSessions(session).unfinished(Time.currentTimeMillis() - LEFT_AFTER_MILLIS, BATCH));
            if (unfinished.isEmpty()) {
                return;
            }
            LOG.infof("finishing %d end(s) that were begun", unfinished.size());
            unfinished.stream()
                    .collect(Collectors.groupingBy(EndedSession::realmId))
                    .forEach((realmId, ended) -> inRealm(
                            factory,
                            realmId,
                            (session, realm) -> new Settlement(session).settleUnfinished(realm, ended)));
        }
    }

    private void finishRealmSignOuts(KeycloakSessionFactory factory) {
        List<RealmSignOut> left = Transactions.resultInBackground(
                factory,
                session -> new RealmSignOuts(session)
                        .signedOutBefore(Time.currentTimeMillis() - LEFT_AFTER_MILLIS, BATCH));
        left.forEach(signOut ->
                inRealm(factory, signOut.realmId(), (session, realm) -> RealmSignOutRun.run(session, realm, signOut)));
    }

    /** Looks at a page of each realm's registry; a full walk takes as many runs as there are pages. Never throws. */
    void findVanished(KeycloakSessionFactory factory) {
        guarded("registry", () -> {
            List<String> realmIds = Transactions.resultInBackground(
                    factory,
                    session -> session.realms()
                            .getRealmsStream()
                            .filter(RealmSwitch::isOn)
                            .map(RealmModel::getId)
                            .toList());
            realmIds.forEach(realmId -> guarded("registry", () -> inRealm(factory, realmId, this::endVanished)));
        });
    }

    private void endVanished(KeycloakSession session, RealmModel realm) {
        LivingSessions.Page page = Transactions.inNew(
                session,
                realm,
                (own, ownRealm) -> new LivingSessions(own)
                        .vanished(
                                ownRealm.getId(),
                                nextOf.getOrDefault(ownRealm.getId(), ""),
                                Time.currentTimeMillis() - SETTLED_AFTER_MILLIS,
                                REGISTRY_PAGE));
        if (page.next() == null) {
            nextOf.remove(realm.getId());
        } else {
            nextOf.put(realm.getId(), page.next());
        }
        List<LivingSession> gone = reallyGone(session, realm, page.sessions());
        if (gone.isEmpty()) {
            return;
        }
        Intents intents = new Intents(session);
        new Settlement(session)
                .settle(
                        realm,
                        intents.write(
                                realm,
                                gone.stream()
                                        .map(one -> new Intended(
                                                one, true, EndRows.of(one, EndCause.UNKNOWN, DoneBy.NOBODY)))
                                        .toList()));
    }

    private static List<LivingSession> reallyGone(
            KeycloakSession session, RealmModel realm, Collection<LivingSession> suspects) {
        List<String> ids = suspects.stream().map(LivingSession::sessionId).toList();
        Set<String> present =
                Transactions.inNew(session, realm, (own, ownRealm) -> VanishedSessions.present(own, ownRealm, ids));
        return suspects.stream()
                .filter(one -> !present.contains(one.sessionId()))
                .toList();
    }

    private static void inRealm(
            KeycloakSessionFactory factory, String realmId, BiConsumer<KeycloakSession, RealmModel> work) {
        Transactions.inBackground(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
                session.getContext().setRealm(realm);
                work.accept(session, realm);
            }
        });
    }

    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "left to the next look: %s", what);
        }
    }
}
