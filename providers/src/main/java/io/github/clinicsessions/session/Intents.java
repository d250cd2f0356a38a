package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerRows;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.TokenLifetimes;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.FeedGrown;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Intent first: tombstone and pending ledger row commit before a session is removed, and are completed when nothing of it is
 * left. Of calls that end the same session at the same time, the first to commit its tombstone owns the row; the others join
 * it, and whoever comes to the end first completes it.
 */
final class Intents {

    private static final Logger LOG = Logger.getLogger(Intents.class);

    /** For how long the end of a session of unknown start is taken for the one that was just written. */
    private static final long SAME_END_MILLIS = 60_000;

    private final KeycloakSession session;

    Intents(KeycloakSession session) {
        this.session = session;
    }

    /**
     * A session that is to end.
     *
     * @param startIsCertain whether the start is the online session's, as Keycloak has it now; else the registry's counts
     * @param latestStart of the online and the offline session of the id, where there are both; milliseconds since the epoch
     */
    record Intended(LivingSession session, boolean startIsCertain, long latestStart, LedgerRow row) {

        Intended(LivingSession session, boolean startIsCertain, LedgerRow row) {
            this(session, startIsCertain, session.startedAt(), row);
        }
    }

    /**
     * What has become of it.
     *
     * @param ours whether the tombstone is this call's
     * @param unwritten the row that could not be written and is to go another way; null for none
     */
    record Ending(
            EndedSession tombstone, boolean ours, @Nullable LedgerRow unwritten) {}

    /**
     * Commits tombstones and pending rows; one for each session, in the same order, whoever owns them. Never fails, because no
     * failure to write may stop a termination: where the ledger cannot be written the rows are given back, and if nothing can
     * be written the tombstones are in memory only.
     */
    List<Ending> write(RealmModel realm, List<Intended> wanted) {
        String terminationId = EndedSession.newTerminationId();
        try {
            return write(realm, wanted, terminationId, true);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%d session(s) end without a pending row in the ledger; it is written later", wanted.size());
        }
        try {
            return write(realm, wanted, terminationId, false);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%d session(s) end without a tombstone; APIs do not hear of it by the feed", wanted.size());
        }
        return wanted.stream()
                .map(one -> new Ending(tombstone(one.session(), one, terminationId), true, one.row()))
                .toList();
    }

    private List<Ending> write(RealmModel realm, List<Intended> wanted, String terminationId, boolean withLedger) {
        return Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
            List<String> ids =
                    wanted.stream().map(one -> one.session().sessionId()).toList();
            EndedSessions tombstones = new EndedSessions(own);
            Map<String, List<EndedSession>> existing = tombstones.find(ownRealm.getId(), ids).stream()
                    .collect(Collectors.groupingBy(EndedSession::sessionId));
            Map<String, LivingSession> registered = new LivingSessions(own)
                    .find(ownRealm.getId(), ids).stream()
                            .collect(Collectors.toMap(LivingSession::sessionId, Function.identity()));
            LedgerStoreProvider store = own.getProvider(LedgerStoreProvider.class);
            List<Ending> endings = new ArrayList<>();
            for (Intended one : wanted) {
                LivingSession living = known(one, registered.get(one.session().sessionId()));
                Optional<EndedSession> same = existing.getOrDefault(living.sessionId(), List.of()).stream()
                        .filter(tombstone -> isSame(tombstone, living))
                        .findFirst();
                if (same.isPresent()) {
                    endings.add(new Ending(same.get(), false, null));
                    continue;
                }
                if (withLedger) {
                    LedgerRow complete = LedgerRows.complete(own, store, one.row());
                    store.appendPending(complete == null ? one.row() : complete);
                }
                EndedSession tombstone = tombstone(living, one, terminationId);
                tombstones.add(tombstone);
                endings.add(new Ending(tombstone, true, withLedger ? null : one.row()));
            }
            return endings;
        });
    }

    /** The session may have begun at a server whose clock is ahead of this one's. */
    private static EndedSession tombstone(LivingSession living, Intended one, String terminationId) {
        long endOfItsSecond = Math.max(living.startedAt(), one.latestStart()) + 999;
        return EndedSession.intended(
                living, one.row().id(), terminationId, Math.max(Time.currentTimeMillis(), endOfItsSecond));
    }

    /**
     * Nothing of these is left: says so in the ledger and in the feed, and hands on the rows that could not be written before.
     * Does nothing for what is complete already.
     */
    void complete(RealmModel realm, List<Ending> endings) {
        List<LedgerRow> unwritten = endings.stream()
                .map(Ending::unwritten)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        unwritten.forEach(SessionEventListenerFactory.queue(session)::offer);
        complete(realm, endings.stream().map(Ending::tombstone).toList(), unwritten.isEmpty());
    }

    /** The same for what is found unfinished. */
    void completeUnfinished(RealmModel realm, Collection<EndedSession> ended) {
        complete(realm, ended, true);
    }

    private void complete(RealmModel realm, Collection<EndedSession> ended, boolean withLedger) {
        if (ended.isEmpty()) {
            return;
        }
        List<String> completed = Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
            List<String> rows = new EndedSessions(own)
                    .complete(
                            ownRealm.getId(),
                            ended,
                            TokenLifetimes.latestExpiry(ownRealm).toEpochMilli());
            if (withLedger) {
                own.getProvider(LedgerStoreProvider.class).complete(ownRealm.getId(), Set.copyOf(rows));
            }
            LivingSessions living = new LivingSessions(own);
            ended.forEach(one -> living.forget(
                    one.realmId(),
                    one.sessionId(),
                    one.startedAt() == LivingSession.UNKNOWN_START ? one.intendedAt() : one.startedAt()));
            return rows;
        });
        if (!completed.isEmpty()) {
            FeedGrown.tell(session, realm.getId());
        }
    }

    /** Nothing of it has happened: Keycloak's transaction was rolled back. */
    void withdraw(RealmModel realm, Collection<EndedSession> intended) {
        if (intended.isEmpty()) {
            return;
        }
        Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
            new EndedSessions(own).withdraw(ownRealm.getId(), intended);
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
