package io.github.clinicsessions.audit.chain;

import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.platform.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Deletes what is older than its term, in batches of {@value #BATCH} rows in transactions of their own.
 *
 * <p>A chain is cut at a seal whose rows are all too old, and the cut is itself a signed seal that commits before the first
 * row goes: so a missing beginning without one is a removal. Realms that are deleted have no key any more: their chains are
 * cut at a seal and no cut is signed.
 */
public final class LedgerRetention {

    private static final Logger LOG = Logger.getLogger(LedgerRetention.class);
    private static final int BATCH = 500;
    private static final int BUDGET_SECONDS = 20;

    private final KeycloakSessionFactory factory;
    private final boolean deleteWithRealm;
    private final ZonedDateTime now = ZonedDateTime.now(Clock.systemUTC().withZone(ZoneOffset.UTC));
    private final long deadline =
            System.nanoTime() + Duration.ofSeconds(BUDGET_SECONDS).toNanos();

    private LedgerRetention(KeycloakSessionFactory factory, boolean deleteWithRealm) {
        this.factory = factory;
        this.deleteWithRealm = deleteWithRealm;
    }

    /**
     * Deletes what is due.
     *
     * @param deleteWithRealm whether the rows of realms that are deleted go at once
     */
    public static void run(KeycloakSessionFactory factory, boolean deleteWithRealm) {
        new LedgerRetention(factory, deleteWithRealm).sweep();
    }

    private void sweep() {
        for (String realmId : in(LedgerChainStore::realmsWithChain)) {
            guarded(realmId, () -> {
                LedgerSealer.handOver(factory, realmId);
                cut(realmId);
            });
        }
        for (String realmId : in(LedgerChainStore::deletedRealms)) {
            guarded(realmId, () -> sweepDeleted(realmId));
        }
    }

    /** One realm's failure is not another's. */
    private static void guarded(String realmId, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warnf(e, "retention of the ledger of realm %s is tried again with the next run", realmId);
        }
    }

    private void cut(String realmId) {
        Optional<Integer> years = Transactions.resultInBackground(
                factory,
                session -> Optional.ofNullable(session.realms().getRealm(realmId))
                        .map(realm -> RealmSettings.of(realm).ledgerYears()));
        if (years.isEmpty()) {
            return;
        }
        long before = before(years.get());
        Transactions.<Optional<Seal>>resultInBackground(factory, session -> signCut(session, realmId, before))
                .ifPresent(LedgerSealer::log);
        // also what an interrupted run has left behind its cut
        Optional<Seal> cut = in(store -> store.lastCut(realmId));
        cut.ifPresent(seal -> {
            deleteAll(store -> store.deleteUpTo(realmId, seal.uptoSeq(), BATCH));
            deleteAll(store -> store.deleteSealsBefore(realmId, seal.uptoSeq(), BATCH));
        });
        deleteAll(store -> store.deleteUnchained(realmId, before, BATCH));
    }

    private static Optional<Seal> signCut(KeycloakSession session, String realmId, long before) {
        LedgerChainStore store = store(session);
        long cutSoFar = store.lastCut(realmId).map(Seal::uptoSeq).orElse(0L);
        Seal boundary = store.lastSealBefore(realmId, before).orElse(null);
        RealmModel realm = session.realms().getRealm(realmId);
        if (boundary == null || boundary.uptoSeq() <= cutSoFar || realm == null) {
            return Optional.empty();
        }
        ChainHead head = store.lockHead(realmId).orElse(null);
        if (head == null) {
            return Optional.empty(); // somebody seals now
        }
        Seal last = store.lastSeal(realmId).orElse(boundary);
        session.getContext().setRealm(realm);
        RealmKeys keys = new RealmKeys(session, realm);
        if (!keys.isSigned(boundary)) {
            LOG.errorf("the ledger of realm %s is not cut: the signature of seal %d is wrong", realmId, boundary.no());
            return Optional.empty();
        }
        if (!isThere(store, boundary)) {
            LOG.errorf(
                    "the ledger of realm %s is not cut: row %d is not as seal %d says; verify the ledger",
                    realmId, boundary.uptoSeq(), boundary.no());
            return Optional.empty();
        }
        Seal cut = keys.sign(
                Math.max(head.sealNo(), last.no()) + 1,
                Seal.CUT,
                cutSoFar + 1,
                boundary.uptoSeq(),
                boundary.hash(),
                System.currentTimeMillis(),
                LedgerSealer.link(last, keys));
        store.addSeal(cut);
        return Optional.of(cut);
    }

    /**
     * Whether the last row to be cut is still the one that was sealed, its time included. If it is not, there may be no young
     * row because somebody removed them, and a cut would put our signature under that.
     */
    private static boolean isThere(LedgerChainStore store, Seal boundary) {
        return store.rows(boundary.realmId(), boundary.uptoSeq() - 1, null, 1).stream()
                .anyMatch(row -> row.seq() == boundary.uptoSeq()
                        && row.isSound()
                        && Objects.equals(row.hash(), boundary.hash()));
    }

    private void sweepDeleted(String realmId) {
        long before = deleteWithRealm ? Long.MAX_VALUE : before(RealmSettings.DEFAULT_LEDGER_YEARS);
        Optional<Seal> boundary = in(store -> store.lastSealBefore(realmId, before));
        long upTo =
                deleteWithRealm ? Long.MAX_VALUE : boundary.map(Seal::uptoSeq).orElse(0L);
        if (upTo > 0) {
            deleteAll(store -> store.deleteUpTo(realmId, upTo, BATCH));
            deleteAll(store -> store.deleteSealsBefore(realmId, upTo, BATCH));
        }
        deleteAll(store -> store.deleteUnchained(realmId, before, BATCH));
        this.<Boolean>in(store -> {
            if (store.rows(realmId, 0, null, 1).isEmpty() && store.countUnchained(realmId) == 0) {
                store.forget(realmId);
            }
            return true;
        });
    }

    private void deleteAll(ToIntFunction<LedgerChainStore> batch) {
        int deleted = BATCH;
        while (deleted == BATCH && System.nanoTime() - deadline < 0) {
            deleted = in(batch::applyAsInt);
        }
    }

    private long before(int years) {
        return now.minusYears(years).toInstant().toEpochMilli();
    }

    private <T> T in(Function<LedgerChainStore, T> work) {
        return Transactions.resultInBackground(factory, session -> work.apply(store(session)));
    }

    private static LedgerChainStore store(KeycloakSession session) {
        return session.getProvider(LedgerStoreProvider.class).chain();
    }
}
