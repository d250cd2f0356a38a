package io.github.clinicsessions.audit.chain;

import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.audit.chain.Finding.Kind;
import io.github.clinicsessions.platform.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Checks a realm's chain in the database, in pages and in constant memory, while rows go on being written, chained and cut.
 * Each page is read in a transaction of its own, so that a long check holds none open.
 */
public final class LedgerVerification {

    private static final int PAGE = 500;

    private final KeycloakSession session;
    private final RealmModel realm;

    public LedgerVerification(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Reads the whole chain. */
    public ChainReport verify() {
        Optional<Seal> cutBefore = read(store -> store.lastCut(realm.getId()));
        ChainReport report = once();
        boolean cutMeanwhile = !read(store -> store.lastCut(realm.getId())).equals(cutBefore);
        return cutMeanwhile && !report.intact() ? once() : report;
    }

    private ChainReport once() {
        String id = realm.getId();
        ChainHead head = read(store -> store.head(id));
        ChainVerifier.Result result = ChainVerifier.verify(pages(id), head, new RealmKeys(session, realm));
        addRowsBehindTheHead(id, Math.max(head.seq(), result.sealedUpTo()), result.problems());
        long unchained = read(store -> store.countUnchained(id));
        long chained = read(store -> store.countUpTo(id, Long.MAX_VALUE));
        long sealed = read(store -> store.countUpTo(id, result.sealedUpTo()));
        long expired = result.cutSeq() == 0 ? 0 : read(store -> store.countUpTo(id, result.cutSeq()));
        return new ChainReport(
                result.rows(),
                unchained + chained - sealed,
                expired,
                result.late().count(),
                result.seals(),
                result.cutSeq() + 1,
                result.sealedUpTo(),
                result.problems().count(),
                result.problems().first(),
                result.late().first());
    }

    /** The head moves with its rows: what lies behind a head that is read afterwards was put there by somebody else. */
    private void addRowsBehindTheHead(String id, long end, Findings problems) {
        List<ChainRow> behind = read(store -> store.rows(id, end, null, PAGE));
        long headSeq = read(store -> store.head(id)).seq();
        behind.stream()
                .filter(row -> row.seq() > Math.max(headSeq, end))
                .forEach(row -> problems.add(Finding.row(Kind.INSERTED, row)));
    }

    private ChainPages pages(String id) {
        return new ChainPages() {
            @Override
            public List<Seal> seals(long afterNo) {
                return read(store -> store.seals(id, afterNo, PAGE));
            }

            @Override
            public List<ChainRow> rows(long afterSeq, @Nullable String afterId) {
                return read(store -> store.rows(id, afterSeq, afterId, PAGE));
            }
        };
    }

    private <T> T read(Function<LedgerChainStore, T> query) {
        return Transactions.resultInBackground(
                session.getKeycloakSessionFactory(),
                own -> query.apply(own.getProvider(LedgerStoreProvider.class).chain()));
    }
}
