package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.IdleCandidate;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.jpa.Activities;
import io.github.clinicsessions.session.IdleJudge.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Looks at the sessions that may be idle too long, and ends those that are: one node of a cluster at a time, a page of each realm in
 * turn, the longest due first. What is not finished in one run the next one goes on with. Run by one thread.
 */
final class IdleSweep {

    private static final Logger LOG = Logger.getLogger(IdleSweep.class);

    private static final int PAGE = 500;

    /** As many end together: of a batch that fails each is tried by itself. */
    private static final int BATCH = 50;

    /** After the death of the node that holds the cluster's lock, others wait for no longer than this. */
    private static final int LOCK_SECONDS = 20;

    /** For a run; less than the lock lasts. That two nodes sweep at a time would cost work, no more. */
    private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(12);

    /** Until what could not be ended is tried again, so that it does not keep others from being looked at. */
    private static final long AFTER_FAILURE_MILLIS = 30_000;

    /** Where the next run begins, so that each realm comes first in its turn. */
    private int turn;

    /** Never throws. */
    void run(KeycloakSessionFactory factory) {
        UnfinishedEnds.guarded("idle sessions", () -> {
            try (KeycloakSession session = factory.create()) {
                session.getProvider(ClusterProvider.class)
                        .executeIfNotExecuted("clinic-sessions::clinic-idle-sweep", LOCK_SECONDS, () -> {
                            LOG.debug("sweep begins");
                            sweep(factory);
                            LOG.debug("sweep ends");
                            return null;
                        });
            }
        });
    }

    private void sweep(KeycloakSessionFactory factory) {
        long deadline = System.nanoTime() + RUN_NANOS;
        List<String> realmIds = new ArrayList<>(Transactions.resultInBackground(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(RealmSwitch::isOn)
                        .map(RealmModel::getId)
                        .sorted()
                        .toList()));
        if (realmIds.isEmpty()) {
            return;
        }
        Collections.rotate(realmIds, -(turn++ % realmIds.size()));
        realmIds.forEach(realmId -> UnfinishedEnds.guarded(
                "idle sessions", () -> UnfinishedEnds.inRealm(factory, realmId, IdleSweep::noticeOtherRules)));
        Deque<String> left = new ArrayDeque<>(realmIds);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            String realmId = left.remove();
            UnfinishedEnds.guarded("idle sessions", () -> {
                if (page(factory, realmId, deadline)) {
                    left.add(realmId);
                }
            });
        }
    }

    private static void noticeOtherRules(KeycloakSession session, RealmModel realm) {
        String revision = IdleRevision.of(session, realm);
        if (new Activities(session).rulesAre(realm.getId(), revision)) {
            LOG.debugf("realm %s has other idle time-outs: all of its sessions are looked at", realm.getName());
        }
    }

    /** Looks at a page; whether there may be another one. */
    private static boolean page(KeycloakSessionFactory factory, String realmId, long deadline) {
        Page page = Transactions.resultInBackground(factory, session -> look(session, realmId));
        List<Map<IdleCandidate, Verdict>> batches = page.batches();
        for (Map<IdleCandidate, Verdict> batch : batches) {
            if (System.nanoTime() - deadline >= 0) {
                return true; // they stay due
            }
            end(factory, realmId, batch);
        }
        return page.full();
    }

    private static Page look(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return new Page(Map.of(), false);
        }
        session.getContext().setRealm(realm);
        Activities activities = new Activities(session);
        List<IdleCandidate> due = activities.due(realmId, Time.currentTimeMillis(), PAGE);
        if (due.isEmpty()) {
            return new Page(Map.of(), false);
        }
        Map<String, Verdict> verdicts = new IdleJudge(session, realm)
                .of(due.stream().collect(Collectors.toMap(one -> one.session().sessionId(), IdleCandidate::activity)));
        Map<IdleCandidate, Verdict> over = new LinkedHashMap<>();
        Map<IdleCandidate, Long> again = new HashMap<>();
        for (IdleCandidate candidate : due) {
            String id = candidate.session().sessionId();
            Verdict verdict = Objects.requireNonNull(verdicts.get(id));
            if (verdict.end() != null) {
                over.put(candidate, verdict);
            } else {
                again.put(candidate, IdleJudge.lookAgainAt(verdict, candidate.session()));
            }
        }
        activities.lookAgain(realmId, again);
        return new Page(over, due.size() == PAGE);
    }

    private static void end(KeycloakSessionFactory factory, String realmId, Map<IdleCandidate, Verdict> batch) {
        try {
            Map<String, Verdict> over = new LinkedHashMap<>();
            batch.forEach((candidate, verdict) -> over.put(candidate.session().sessionId(), verdict));
            UnfinishedEnds.inRealm(factory, realmId, (session, realm) -> {
                Map<String, Verdict> still = stillOver(session, realm, over.keySet());
                if (IdleEnds.end(session, realm, still) < over.size()) {
                    // Somebody else has ended them, or is about to; or somebody has come back.
                    batch.keySet().forEach(candidate -> putOff(factory, realmId, candidate));
                }
            });
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                LOG.errorf(e, "an idle session of realm %s could not be ended", realmId);
                IdleCandidate failed = batch.keySet().iterator().next();
                UnfinishedEnds.guarded("idle sessions", () -> putOff(factory, realmId, failed));
            } else {
                LOG.warn("a batch of idle sessions is ended one by one", e);
                batch.forEach((candidate, verdict) -> end(factory, realmId, Map.of(candidate, verdict)));
            }
        }
    }

    /** Seconds may have passed since they were judged, and somebody may have come back. */
    private static Map<String, Verdict> stillOver(KeycloakSession session, RealmModel realm, Set<String> ids) {
        Map<String, Verdict> verdicts = Transactions.inNew(session, realm, (own, ownRealm) -> {
            Map<String, SessionActivity> activities = new HashMap<>(new Activities(own).of(ownRealm.getId(), ids));
            ids.forEach(id -> activities.putIfAbsent(id, SessionActivity.NONE));
            return new IdleJudge(own, ownRealm).of(activities);
        });
        verdicts.values().removeIf(verdict -> verdict.end() == null);
        return verdicts;
    }

    private static void putOff(KeycloakSessionFactory factory, String realmId, IdleCandidate failed) {
        long again = Time.currentTimeMillis() + AFTER_FAILURE_MILLIS;
        Transactions.inBackground(
                factory, session -> new Activities(session).lookAgain(realmId, Map.of(failed, again)));
    }

    /**
     * What of a page is over.
     *
     * @param over the longest due first
     * @param full whether there may be more
     */
    private record Page(Map<IdleCandidate, Verdict> over, boolean full) {

        List<Map<IdleCandidate, Verdict>> batches() {
            List<Map<IdleCandidate, Verdict>> batches = new ArrayList<>();
            Map<IdleCandidate, Verdict> batch = new LinkedHashMap<>();
            for (Map.Entry<IdleCandidate, Verdict> one : over.entrySet()) {
                batch.put(one.getKey(), one.getValue());
                if (batch.size() == BATCH) {
                    batches.add(batch);
                    batch = new LinkedHashMap<>();
                }
            }
            if (!batch.isEmpty()) {
                batches.add(batch);
            }
            return batches;
        }
    }
}
