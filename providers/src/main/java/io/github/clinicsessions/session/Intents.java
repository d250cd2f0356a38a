package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerRows;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.TokenLifetimes;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.FeedGrown;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.EndNotices;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Intent first: tombstone, pending ledger row and what clients are to be told commit before a session is removed, and are
 * completed, and due, when nothing of it is left. Of calls that end the same session at the same time, the first to commit its tombstone owns the row; the others join
 * it, and whoever comes to the end first completes it.
 */
final class Intents {

    private static final Logger LOG = Logger.getLogger(Intents.class);

    /** For how long the end of a session of unknown start is taken for the one that was just written. */
    private static final long SAME_END_MILLIS = 60_000;

    /** Longer than a server takes a session for known, so that one that comes back is recognised. */
    private static final long KEPT_LONGER_MILLIS = 10 * 60_000;

    private static final int PAGE = 100;

    private final KeycloakSession session;

    Intents(KeycloakSession session) {
        this.session = session;
    }

    /**
     * A session that is to end.
     *
     * @param startIsCertain whether the start is the online session's, as Keycloak has it now; else the registry's counts
     * @param latestStart of the online and the offline session of the id, where there are both; milliseconds since the epoch
     * @param notAfter the end is not intended later than this; milliseconds since the epoch, {@link Long#MAX_VALUE} for now
     * @param notices what its clients are to be told; empty where Keycloak tells them, or nobody does
     */
    record Intended(
            LivingSession session,
            boolean startIsCertain,
            long latestStart,
            long notAfter,
            LedgerRow row,
            List<ClientNotice> notices) {

        Intended(LivingSession session, boolean startIsCertain, LedgerRow row) {
            this(session, startIsCertain, session.startedAt(), Long.MAX_VALUE, row, List.of());
        }

        Intended(LivingSession session, LedgerRow row, List<ClientNotice> notices) {
            this(session, false, session.startedAt(), Long.MAX_VALUE, row, notices);
        }
    }

    /**
     * What has become of it.
     *
     * @param ours whether the tombstone is this call's
     * @param row this call's, null if somebody else's counts
     * @param rowIsWritten whether it is in the ledger, as pending; else it is to go another way
     * @param notices what is this call's to tell
     * @param durable whether the notices are written
     */
    record Ending(
            EndedSession tombstone,
            boolean ours,
            @Nullable LedgerRow row,
            boolean rowIsWritten,
            List<EndNotice> notices,
            boolean durable) {}

    /** What is written together, and what is left when that fails. */
    private enum Attempt {
        ALL(true, true),
        WITHOUT_LEDGER(false, true),
        TOMBSTONES(false, false);

        private final boolean withLedger;
        private final boolean withNotices;

        Attempt(boolean withLedger, boolean withNotices) {
            this.withLedger = withLedger;
            this.withNotices = withNotices;
        }
    }

    /**
     * Commits tombstones, pending rows and notices; one ending for each session, in the same order, whoever owns it. Never
     * fails, because no failure to write may stop a termination: where the ledger cannot be written the rows are given back,
     * notices that cannot be written are told once, and if nothing can be written the tombstones are in memory only.
     */
    List<Ending> write(RealmModel realm, List<Intended> wanted) {
        String terminationId = EndedSession.newTerminationId();
        List<Ending> endings = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += PAGE) {
            endings.addAll(writePage(realm, wanted.subList(from, Math.min(wanted.size(), from + PAGE)), terminationId));
        }
        return endings;
    }

    private List<Ending> writePage(RealmModel realm, List<Intended> wanted, String terminationId) {
        for (Attempt attempt : Attempt.values()) {
            try {
                return write(realm, wanted, terminationId, attempt);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%d session(s) end, and this could not be written: %s", wanted.size(), attempt);
            }
        }
        LOG.errorf("%d session(s) end without a tombstone; APIs do not hear of it by the feed", wanted.size());
        return wanted.stream()
                .map(one -> {
                    EndedSession tombstone = tombstone(one.session(), one, terminationId);
                    return new Ending(tombstone, true, one.row(), false, notices(one, tombstone), false);
                })
                .toList();
    }

    /** What is to end, found in the transaction that then writes it; asked again when that has to be tried again. */
    @FunctionalInterface
    interface Decision {
        List<Intended> in(KeycloakSession own, RealmModel realm);
    }

    /**
     * As {@link #write}, of what is decided in the very transaction that writes it: whoever decides after it has committed finds
     * the tombstones. Without those there would be no such order, so that they are not done without.
     *
     * @throws RuntimeException if it could not be decided, or no tombstones be written; nothing is to end then
     */
    List<Ending> decide(RealmModel realm, Decision decision) {
        String terminationId = EndedSession.newTerminationId();
        for (int tried = 0; ; tried++) {
            Attempt attempt = Attempt.values()[tried];
            try {
                return Transactions.inNewRetried(
                        session,
                        realm,
                        (own, ownRealm) -> write(own, ownRealm, decision.in(own, ownRealm), terminationId, attempt));
            } catch (RuntimeException e) {
                if (tried + 1 == Attempt.values().length) {
                    throw e;
                }
                LOG.errorf(e, "which sessions are to end is decided again, as this failed: %s", attempt);
            }
        }
    }

    private List<Ending> write(RealmModel realm, List<Intended> wanted, String terminationId, Attempt attempt) {
        return Transactions.inNewRetried(
                session, realm, (own, ownRealm) -> write(own, ownRealm, wanted, terminationId, attempt));
    }

    private static List<Ending> write(
            KeycloakSession own, RealmModel realm, List<Intended> wanted, String terminationId, Attempt attempt) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<String> ids = wanted.stream().map(one -> one.session().sessionId()).toList();
        Map<String, List<EndedSession>> existing = new EndedSessions(own)
                .find(realm.getId(), ids).stream().collect(Collectors.groupingBy(EndedSession::sessionId));
        Map<String, LivingSession> registered = new LivingSessions(own)
                .find(realm.getId(), ids).stream()
                        .collect(Collectors.toMap(LivingSession::sessionId, Function.identity()));
        List<Ending> endings = new ArrayList<>();
        for (Intended one : wanted) {
            LivingSession living = known(one, registered.get(one.session().sessionId()));
            Optional<EndedSession> same = existing.getOrDefault(living.sessionId(), List.of()).stream()
                    .filter(tombstone -> isSame(tombstone, living))
                    .findFirst();
            endings.add(
                    same.isPresent()
                            ? join(own, one, same.get(), attempt)
                            : begin(own, one, living, terminationId, attempt));
        }
        return endings;
    }

    private static Ending begin(
            KeycloakSession own, Intended one, LivingSession living, String terminationId, Attempt attempt) {
        LedgerRow row = one.row();
        if (attempt.withLedger) {
            LedgerStoreProvider store = own.getProvider(LedgerStoreProvider.class);
            LedgerRow complete = LedgerRows.complete(own, store, row);
            row = complete == null ? row : complete;
            store.appendPending(row);
        }
        EndedSession tombstone = tombstone(living, one, terminationId);
        new EndedSessions(own).add(tombstone);
        List<EndNotice> notices = notices(one, tombstone);
        if (attempt.withNotices) {
            new EndNotices(own).add(notices);
        }
        return new Ending(tombstone, true, row, attempt.withLedger, notices, attempt.withNotices);
    }

    /** Whoever began the end tells the clients; but Keycloak does not, of some ends, and leaves no word of others. */
    private static Ending join(KeycloakSession own, Intended one, EndedSession same, Attempt attempt) {
        EndNotices store = new EndNotices(own);
        if (!attempt.withNotices || one.notices().isEmpty() || store.exist(same)) {
            return new Ending(same, false, null, true, List.of(), true);
        }
        List<EndNotice> notices = notices(one, same);
        store.add(notices);
        return new Ending(same, false, null, true, notices, true);
    }

    private static List<EndNotice> notices(Intended one, EndedSession tombstone) {
        return one.notices().stream().map(notice -> notice.of(tombstone)).toList();
    }

    /** The session may have begun at a server whose clock is ahead of this one's. */
    private static EndedSession tombstone(LivingSession living, Intended one, String terminationId) {
        long endOfItsSecond = Math.max(living.startedAt(), one.latestStart()) + 999;
        long now = Math.max(Time.currentTimeMillis(), endOfItsSecond);
        return EndedSession.intended(living, one.row().id(), terminationId, Math.min(now, one.notAfter()));
    }

    /**
     * Nothing of these is left: says so in the ledger and in the feed. Does nothing for what is complete already. Never fails:
     * they have ended, whatever can be written of it.
     */
    void complete(RealmModel realm, List<Ending> endings) {
        complete(realm, endings, Time.currentTimeMillis());
    }

    /**
     * The same of sessions that ended earlier than now.
     *
     * @param endedAt milliseconds since the epoch
     */
    void complete(RealmModel realm, List<Ending> endings, long endedAt) {
        List<EndedSession> ended = endings.stream().map(Ending::tombstone).toList();
        boolean ledgerIsDone = completeLedger(realm, ended);
        for (Ending ending : endings) {
            // What could not be written takes the way of the sign-ins' rows, which may be long; it is written once.
            if (ending.row() != null && !(ending.rowIsWritten() && ledgerIsDone)) {
                SessionEventListenerFactory.queue(session).offer(ending.row());
            }
        }
        try {
            completeTombstones(realm, ended, endedAt);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%d session(s) have ended; their tombstones are completed later", ended.size());
        }
    }

    /**
     * The same for what is found unfinished.
     *
     * @throws RuntimeException if that cannot be written; nothing is complete then
     */
    void completeUnfinished(RealmModel realm, Collection<EndedSession> ended) {
        if (!completeLedger(realm, ended)) {
            throw new IllegalStateException("the ledger cannot be written");
        }
        completeTombstones(realm, ended, Time.currentTimeMillis());
    }

    /** In a transaction of its own: whoever waits for the ledger must not hold the feed's lock. False if it fails. */
    private boolean completeLedger(RealmModel realm, Collection<EndedSession> ended) {
        Set<String> rows = ended.stream().map(EndedSession::ledgerRowId).collect(Collectors.toSet());
        try {
            return Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
                own.getProvider(LedgerStoreProvider.class).complete(ownRealm.getId(), rows);
                return true;
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "the ledger rows of %d ended session(s) are completed later", rows.size());
            return false;
        }
    }

    private void completeTombstones(RealmModel realm, Collection<EndedSession> ended, long endedAt) {
        if (ended.isEmpty()) {
            return;
        }
        int completed;
        try {
            completed = completeTombstones(realm, ended, endedAt, true);
        } catch (RuntimeException e) {
            LOG.errorf(e, "clients of %d ended session(s) may be told no more than once", ended.size());
            completed = completeTombstones(realm, ended, endedAt, false);
        }
        ended.forEach(one -> SessionEventListenerFactory.known(session).forget(one.sessionId()));
        if (completed > 0) {
            FeedGrown.tell(session, realm.getId());
        }
    }

    private int completeTombstones(
            RealmModel realm, Collection<EndedSession> ended, long endedAt, boolean withNotices) {
        return Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
            long keptUntil = TokenLifetimes.latestExpiry(ownRealm).toEpochMilli() + KEPT_LONGER_MILLIS;
            int completed = new EndedSessions(own).complete(ownRealm.getId(), ended, endedAt, keptUntil);
            if (withNotices) {
                new EndNotices(own).release(ownRealm.getId(), ended);
            }
            LivingSessions living = new LivingSessions(own);
            ended.forEach(one -> living.forget(one.realmId(), one.sessionId(), one.intendedAt()));
            return completed;
        });
    }

    /** Nothing of it has happened: Keycloak's transaction was rolled back. */
    void withdraw(RealmModel realm, Collection<EndedSession> intended) {
        if (intended.isEmpty()) {
            return;
        }
        Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
            new EndedSessions(own).withdraw(ownRealm.getId(), intended);
            new EndNotices(own).withdraw(ownRealm.getId(), intended);
            own.getProvider(LedgerStoreProvider.class)
                    .withdraw(
                            ownRealm.getId(),
                            intended.stream().map(EndedSession::ledgerRowId).collect(Collectors.toSet()));
            return true;
        });
    }

    private static LivingSession known(Intended one, @Nullable LivingSession registered) {
        return one.startIsCertain() || registered == null ? one.session() : registered;
    }

    private static boolean isSame(EndedSession tombstone, LivingSession living) {
        if (living.startedAt() == LivingSession.UNKNOWN_START) {
            return !tombstone.done() || tombstone.intendedAt() > Time.currentTimeMillis() - SAME_END_MILLIS;
        }
        return tombstone.startedAt() == LivingSession.UNKNOWN_START
                ? living.startedAt() <= tombstone.intendedAt()
                : living.startedAt() == tombstone.startedAt();
    }
}
