package io.github.clinicsessions.audit.chain;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Checks a whole chain: first its seals, then its rows against them. Pure: what it needs is handed in. */
final class ChainVerifier {

    private ChainVerifier() {}

    /**
     * Rows behind the head are left out: they came while the check ran.
     *
     * @param head as it was before
     */
    static Result verify(ChainPages pages, ChainHead head, SealTrust trust) {
        Findings problems = new Findings();
        Findings late = new Findings();
        SealWalk sealWalk = new SealWalk(trust, problems);
        Iterator<Seal> seals = new SealIterator(pages);
        while (seals.hasNext()) {
            Seal seal = seals.next();
            if (head.sealNo() == 0 || seal.no() <= head.sealNo()) {
                sealWalk.see(seal);
            }
        }
        sealWalk.end(head.sealNo());

        Seal cut = sealWalk.cut();
        long start = cut == null ? 0 : cut.uptoSeq();
        long end = Math.max(head.seq(), sealWalk.uptoSeq());
        RowWalk rowWalk = new RowWalk(
                start, cut == null ? null : cut.hash(), new RowSeals(new SealIterator(pages), start), problems, late);
        long afterSeq = start;
        String afterId = null;
        List<ChainRow> page = pages.rows(afterSeq, afterId);
        while (!page.isEmpty() && afterSeq <= end) {
            for (ChainRow row : page) {
                afterSeq = row.seq();
                afterId = row.row().id();
                if (afterSeq <= end) {
                    rowWalk.see(row);
                }
            }
            page = pages.rows(afterSeq, afterId);
        }
        rowWalk.end(end);
        return new Result(cut, start, sealWalk.uptoSeq(), sealWalk.count(), rowWalk.rows(), problems, late);
    }

    /** What was found, to be completed by counts. */
    record Result(
            @Nullable Seal cut,
            long cutSeq,
            long sealedUpTo,
            long seals,
            long rows,
            Findings problems,
            Findings late) {}

    /** Page after page. */
    private static final class SealIterator implements Iterator<Seal> {

        private final ChainPages pages;
        private Iterator<Seal> page;
        private long lastNo = Long.MIN_VALUE;

        SealIterator(ChainPages pages) {
            this.pages = pages;
            this.page = pages.seals(lastNo).iterator();
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && lastNo != Long.MIN_VALUE) {
                page = pages.seals(lastNo).iterator();
            }
            return page.hasNext();
        }

        @Override
        public Seal next() {
            Seal seal = page.next();
            lastNo = seal.no();
            return seal;
        }
    }

    /** Those that are about rows after the cut. */
    private static final class RowSeals implements Iterator<Seal> {

        private final Iterator<Seal> all;
        private final long afterSeq;
        private @Nullable Seal next;

        RowSeals(Iterator<Seal> all, long afterSeq) {
            this.all = all;
            this.afterSeq = afterSeq;
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                Seal seal = all.next();
                if (Seal.ROWS.equals(seal.kind()) && seal.uptoSeq() > afterSeq) {
                    next = seal;
                }
            }
            return next != null;
        }

        @Override
        public Seal next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Seal seal = next;
            next = null;
            return seal;
        }
    }
}
