package io.github.clinicsessions.audit.chain;

import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Gives new rows their places in the chain and seals it, realm by realm, in small transactions behind the head's lock. A
 * realm whose head is locked, or that fails, is left for the next run. Ends after {@value #BUDGET_SECONDS} seconds, since it
 * runs on Keycloak's one timer thread.
 */
public final class LedgerSealer {

    /** Server log, category of this class, level INFO: one line for each seal, so that a log kept elsewhere knows them. */
    private static final Logger LOG = Logger.getLogger(LedgerSealer.class);

    private static final int BATCH = 200;
    private static final int BUDGET_SECONDS = 20;

    private final KeycloakSessionFactory factory;
    private final long deadline =
            System.nanoTime() + Duration.ofSeconds(BUDGET_SECONDS).toNanos();

    private LedgerSealer(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    /** Chains and seals what there is. */
    public static void run(KeycloakSessionFactory factory) {
        new LedgerSealer(factory).sealAll();
    }

    /** Seals without new rows where the realm signs with another key than at its last seal. */
    static void handOver(KeycloakSessionFactory factory, String realmId) {
        new LedgerSealer(factory).seal(realmId, true);
    }

    private void sealAll() {
        List<String> realms = Transactions.resultInBackground(
                factory, session -> store(session).realmsToChain());
        for (String realmId : realms) {
            if (System.nanoTime() - deadline > 0) {
                return;
            }
            try {
                chain(realmId);
                seal(realmId, false);
            } catch (RuntimeException e) {
                LOG.warnf(e, "the ledger of realm %s is not sealed now; it is tried again with the next run", realmId);
            }
        }
    }

    private void chain(String realmId) {
        boolean more = true;
        while (more && System.nanoTime() - deadline < 0) {
            more = Transactions.resultInBackground(factory, session -> {
                LedgerChainStore store = store(session);
                Optional<ChainHead> head = store.lockHead(realmId);
                return head.isPresent()
                        && store.append(realmId, head.get(), BATCH).seq()
                                == head.get().seq() + BATCH;
            });
        }
    }

    private void seal(String realmId, boolean onlyForNewKey) {
        Seal seal = Transactions.resultInBackground(factory, session -> {
                    RealmModel realm = session.realms().getRealm(realmId);
                    if (realm == null) {
                        return Optional.<Seal>empty();
                    }
                    session.getContext().setRealm(realm);
                    return seal(session, realm, onlyForNewKey);
                })
                .orElse(null);
        if (seal != null) {
            log(seal);
        }
    }

    private static Optional<Seal> seal(KeycloakSession session, RealmModel realm, boolean onlyForNewKey) {
        LedgerChainStore store = store(session);
        ChainHead head = store.lockHead(realm.getId()).orElse(null);
        if (head == null) {
            return Optional.empty();
        }
        Seal last = store.lastSeal(realm.getId()).orElse(null);
        long from = store.sealedUpTo(realm.getId()) + 1;
        RealmKeys keys = new RealmKeys(session, realm);
        boolean newKey = last != null && !last.publicKey().equals(keys.activePublicKey());
        if (onlyForNewKey ? !newKey : head.seq() < from) {
            return Optional.empty();
        }
        Seal seal = keys.sign(
                Math.max(head.sealNo(), last == null ? 0 : last.no()) + 1,
                Seal.ROWS,
                from,
                head.seq(),
                head.hash(),
                System.currentTimeMillis(),
                link(last, keys));
        store.addSeal(seal);
        return Optional.of(seal);
    }

    /** A seal that cannot be trusted now is not linked to, so that no later seal vouches for it. */
    static @Nullable String link(@Nullable Seal last, SealTrust trust) {
        if (last == null) {
            return null;
        }
        if (trust.isKnown(last) && trust.isSigned(last)) {
            return last.fingerprint();
        }
        LOG.errorf(
                "seal %d of the ledger of realm %s is not signed by a key of the realm: it was changed, or its key was"
                        + " removed too soon; the chain of seals begins anew",
                last.no(), last.realmId());
        return null;
    }

    /** Documented in {@code docs/ledger.md} and read by {@code docs/verify-ledger}. */
    static void log(Seal seal) {
        LOG.infof(
                "clinic-ledger-seal realm=%s no=%d kind=%s from=%d upto=%d hash=%s fingerprint=%s signature=%s",
                seal.realmId(),
                seal.no(),
                seal.kind(),
                seal.fromSeq(),
                seal.uptoSeq(),
                seal.hash(),
                seal.fingerprint(),
                seal.signature());
    }

    private static LedgerChainStore store(KeycloakSession session) {
        return session.getProvider(LedgerStoreProvider.class).chain();
    }
}
