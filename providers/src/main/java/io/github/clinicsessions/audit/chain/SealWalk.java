package io.github.clinicsessions.audit.chain;

import io.github.clinicsessions.audit.chain.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks a realm's seals, in order: signatures, links, numbers, keys.
 *
 * <p>A seal whose key is no longer the realm's is trusted if a trusted one follows and links to it: the sealer links only to
 * what it could trust at that time.
 */
final class SealWalk {

    private final SealTrust trust;
    private final Findings problems;
    private final List<Seal> unknown = new ArrayList<>();
    private @Nullable Seal first;
    private @Nullable Seal last;
    private @Nullable Seal cut;
    private boolean lastInvalid;
    private long uptoSeq;
    private long count;

    SealWalk(SealTrust trust, Findings problems) {
        this.trust = trust;
        this.problems = problems;
    }

    void see(Seal seal) {
        count++;
        Seal before = last;
        boolean signed = trust.isSigned(seal);
        boolean linked = before != null && linked(before, seal);
        if (!signed) {
            problems.add(Finding.seal(Kind.SEAL_INVALID, seal));
        }
        if (!linked) {
            distrustUnknown();
        }
        if (signed && trust.isKnown(seal)) {
            unknown.clear();
        } else if (signed && unknown.size() < Findings.AT_MOST) {
            unknown.add(seal);
        }
        if (first == null) {
            first = seal;
        }
        if (Seal.ROWS.equals(seal.kind())) {
            uptoSeq = Math.max(uptoSeq, seal.uptoSeq());
        } else if (Seal.CUT.equals(seal.kind()) && signed && (cut == null || seal.uptoSeq() > cut.uptoSeq())) {
            cut = seal;
        }
        last = seal;
        lastInvalid = !signed;
    }

    /**
     * After the last seal.
     *
     * @param headSealNo the number of the last seal as the realm's head has it
     */
    void end(long headSealNo) {
        distrustUnknown();
        if (first != null && first.no() > 1 && (cut == null || first.uptoSeq() > cut.uptoSeq())) {
            removed(1, first.no() - 1);
        }
        removed(last == null ? 1 : last.no() + 1, headSealNo);
    }

    /** The cut that reaches furthest. */
    @Nullable
    Seal cut() {
        return cut;
    }

    /** The last place that a seal covers. */
    long uptoSeq() {
        return uptoSeq;
    }

    long count() {
        return count;
    }

    private boolean linked(Seal before, Seal seal) {
        if (seal.no() != before.no() + 1) {
            removed(before.no() + 1, seal.no() - 1);
            return false;
        }
        if (Objects.equals(seal.previous(), before.fingerprint())) {
            return true;
        }
        if (!lastInvalid) {
            problems.add(Finding.seal(Kind.SEAL_INVALID, before));
        }
        return false;
    }

    private void distrustUnknown() {
        unknown.forEach(seal -> problems.add(Finding.seal(Kind.SEAL_UNTRUSTED, seal)));
        unknown.clear();
    }

    private void removed(long from, long upto) {
        for (long no = from; no <= upto && no < from + Findings.AT_MOST; no++) {
            problems.add(Finding.sealRemoved(no));
        }
    }
}
