package io.github.clinicsessions.audit.chain;

import io.github.clinicsessions.audit.chain.Finding.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks a realm's rows, in order of place: each row by itself, its link to the row before, gaps, places that are taken
 * twice, and the chain's hash at every seal. Looks one place ahead, so that of two rows at one place the one is genuine
 * that the next row was hashed upon.
 */
final class RowWalk {

    private static final long LATE_MILLIS = 60L * 60 * 1000;

    private final Findings problems;
    private final Findings late;
    private final Iterator<Seal> seals;
    private @Nullable Seal seal;
    private @Nullable Seal sealBefore;

    private List<ChainRow> waiting = new ArrayList<>();
    private List<ChainRow> group = new ArrayList<>();
    private long lastSeq;
    private @Nullable String lastHash;
    private boolean lastHashKnown = true;
    private @Nullable ChainRow lastRow;
    private boolean lastRowNamed;
    private long rows;

    /**
     * @param startSeq the place before the first row
     * @param startHash the chain's hash there
     * @param seals of rows, in order
     */
    RowWalk(long startSeq, @Nullable String startHash, Iterator<Seal> seals, Findings problems, Findings late) {
        this.lastSeq = startSeq;
        this.lastHash = startHash;
        this.seals = seals;
        this.problems = problems;
        this.late = late;
        this.seal = seals.hasNext() ? seals.next() : null;
    }

    void see(ChainRow row) {
        rows++;
        if (!group.isEmpty() && group.get(0).seq() != row.seq()) {
            settle(waiting, group);
            waiting = group;
            group = new ArrayList<>();
        }
        if (group.size() < Findings.AT_MOST) {
            group.add(row);
        } else {
            problems.add(Finding.row(Kind.INSERTED, row));
        }
    }

    /**
     * After the last row.
     *
     * @param uptoSeq the last place that must be there
     */
    void end(long uptoSeq) {
        settle(waiting, group);
        settle(group, List.of());
        if (lastSeq < uptoSeq) {
            problems.add(Finding.removed(lastSeq + 1, uptoSeq));
        }
    }

    long rows() {
        return rows;
    }

    private void settle(List<ChainRow> candidates, List<ChainRow> next) {
        if (candidates.isEmpty()) {
            return;
        }
        long seq = candidates.get(0).seq();
        if (seq > lastSeq + 1) {
            problems.add(Finding.removed(lastSeq + 1, seq - 1));
            lastHashKnown = false;
            lastRow = null;
        }
        moveToSealOf(seq);
        int genuine = genuine(candidates, next);
        ChainRow row = candidates.get(genuine);
        for (int i = 0; i < candidates.size(); i++) {
            if (i != genuine) {
                problems.add(Finding.row(Kind.INSERTED, candidates.get(i)));
            }
        }
        boolean named = !row.isSound();
        if (named) {
            problems.add(Finding.row(Kind.CHANGED, row));
        } else if (lastHashKnown && !Objects.equals(row.previous(), lastHash)) {
            named = nameTheOneBefore(row);
        }
        lastSeq = seq;
        lastHash = row.hash();
        lastHashKnown = true;
        lastRow = row;
        lastRowNamed = named;
        compareWithSeal(row, named);
        if (sealBefore != null && row.row().occurredAt() < sealBefore.sealedAt() - LATE_MILLIS) {
            late.add(Finding.row(Kind.LATE, row));
        }
    }

    /** The row is sound and was hashed upon another hash: the row before was changed and hashed anew. */
    private boolean nameTheOneBefore(ChainRow row) {
        if (lastRow == null) {
            problems.add(Finding.row(Kind.CHANGED, row));
            return true;
        }
        if (!lastRowNamed) {
            problems.add(Finding.row(Kind.CHANGED, lastRow));
        }
        return false;
    }

    private void moveToSealOf(long seq) {
        while (seal != null && seal.uptoSeq() < seq) {
            sealBefore = seal;
            seal = seals.hasNext() ? seals.next() : null;
        }
    }

    private void compareWithSeal(ChainRow row, boolean named) {
        if (seal != null && seal.uptoSeq() == row.seq() && !named && !Objects.equals(seal.hash(), row.hash())) {
            problems.add(Finding.seal(Kind.SEAL_MISMATCH, seal));
        }
    }

    private int genuine(List<ChainRow> candidates, List<ChainRow> next) {
        int best = 0;
        int bestScore = -1;
        for (int i = 0; i < candidates.size(); i++) {
            int score = score(candidates.get(i), next);
            if (score > bestScore) {
                best = i;
                bestScore = score;
            }
        }
        return best;
    }

    /** What follows from a row weighs more than what the row says itself. */
    private int score(ChainRow row, List<ChainRow> next) {
        boolean sealed = seal != null && seal.uptoSeq() == row.seq() && Objects.equals(seal.hash(), row.hash());
        boolean followed = next.stream()
                .anyMatch(one ->
                        one.seq() == row.seq() + 1 && one.isSound() && Objects.equals(one.previous(), row.hash()));
        boolean follows = lastHashKnown && Objects.equals(row.previous(), lastHash);
        return (sealed ? 8 : 0) + (followed ? 4 : 0) + (row.isSound() ? 2 : 0) + (follows ? 1 : 0);
    }
}
