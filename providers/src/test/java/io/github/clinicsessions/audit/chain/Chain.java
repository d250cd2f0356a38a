package io.github.clinicsessions.audit.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain in memory, made as the sealer makes it and then spoilt by a test. Signed by names instead of keys. */
final class Chain implements ChainPages, SealTrust {

    static final String REALM = "realm";
    private static final int PAGE = 3;
    private static final long MINUTE = 60_000;

    final List<ChainRow> rows = new ArrayList<>();
    final List<Seal> seals = new ArrayList<>();
    String key = "key";
    String knownKeys = "key";

    /** Seals of these many rows each. */
    static Chain of(int... sealed) {
        Chain chain = new Chain();
        for (int count : sealed) {
            chain.grow(count);
            chain.seal();
        }
        return chain;
    }

    void grow(int count) {
        for (int i = 0; i < count; i++) {
            long seq = head().seq() + 1;
            rows.add(chained(seq, hashAt(seq - 1), row("id" + seq, seq * MINUTE, "user")));
        }
    }

    void seal() {
        long from = seals.stream().mapToLong(Seal::uptoSeq).max().orElse(0) + 1;
        addSeal(Seal.ROWS, from, head().seq());
    }

    /** As retention does. */
    void cut(long uptoSeq) {
        addSeal(Seal.CUT, 1, uptoSeq);
        rows.removeIf(row -> row.seq() <= uptoSeq);
        while (!(Seal.ROWS.equals(seals.get(0).kind()) && seals.get(0).uptoSeq() == uptoSeq)) {
            seals.remove(0);
        }
    }

    private void addSeal(String kind, long from, long upto) {
        Seal last = seals.isEmpty() ? null : seals.get(seals.size() - 1);
        long no = last == null ? 1 : last.no() + 1;
        Seal seal = new Seal(
                REALM,
                no,
                kind,
                from,
                upto,
                hashAt(upto),
                upto * MINUTE,
                last == null ? null : last.fingerprint(),
                key,
                "RS256",
                key,
                "");
        seals.add(seal.signed(signature(seal)));
    }

    ChainHead head() {
        long seq = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).seq();
        return new ChainHead(
                seq,
                hashAt(seq),
                seals.isEmpty() ? 0 : seals.get(seals.size() - 1).no());
    }

    @Nullable
    String hashAt(long seq) {
        return rows.stream()
                .filter(row -> row.seq() == seq)
                .map(ChainRow::hash)
                .findFirst()
                .orElse(null);
    }

    int index(long seq) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).seq() == seq) {
                return i;
            }
        }
        throw new IllegalArgumentException("no row " + seq);
    }

    static ChainRow chained(long seq, @Nullable String previous, StoredRow row) {
        return new ChainRow(seq, previous, row.hash(seq, previous), row);
    }

    static StoredRow row(String id, long occurredAt, String user) {
        return new StoredRow(
                id,
                REALM,
                "",
                occurredAt,
                "SESSION_STARTED",
                null,
                user,
                user,
                null,
                "SELF",
                user,
                user,
                null,
                null,
                null,
                null,
                "DONE");
    }

    ChainVerifier.Result verify(ChainHead head) {
        rows.sort(Comparator.comparingLong(ChainRow::seq)
                .thenComparing(row -> row.row().id()));
        return ChainVerifier.verify(this, head, this);
    }

    List<Finding> problems(ChainHead head) {
        return verify(head).problems().first();
    }

    @Override
    public List<Seal> seals(long afterNo) {
        return seals.stream().filter(seal -> seal.no() > afterNo).limit(PAGE).toList();
    }

    @Override
    public List<ChainRow> rows(long afterSeq, @Nullable String afterId) {
        return rows.stream()
                .filter(row -> row.seq() > afterSeq
                        || (afterId != null
                                && row.seq() == afterSeq
                                && row.row().id().compareTo(afterId) > 0))
                .limit(PAGE)
                .toList();
    }

    @Override
    public boolean isSigned(Seal seal) {
        return seal.signature().equals(signature(seal));
    }

    @Override
    public boolean isKnown(Seal seal) {
        return List.of(knownKeys.split(" ", -1)).contains(seal.publicKey());
    }

    static String signature(Seal seal) {
        return seal.publicKey() + "/" + seal.signed("").fingerprint();
    }
}
