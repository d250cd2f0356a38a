package io.github.clinicsessions.audit.chain;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a chain.
 *
 * @param fromSeq the place, or the first of them; null where it is about a seal only
 * @param uptoSeq the last of the places, null for a single one
 * @param rowId null where the row is not there or cannot be told
 * @param sealNo null where it is about a row only
 */
public record Finding(
        Kind kind,
        @Nullable Long fromSeq,
        @Nullable Long uptoSeq,
        @Nullable String rowId,
        @Nullable Long sealNo) {

    /** What is wrong. Documented in {@code docs/ledger.md}, in lower case and with hyphens: never renamed. */
    public enum Kind {
        /** The row is not what was hashed. */
        CHANGED,
        /** Rows are missing. */
        REMOVED,
        /** The row has a place that is not its own. */
        INSERTED,
        /** The seal's signature is wrong, or another seal says that it was another one. */
        SEAL_INVALID,
        /** Seals are missing. */
        SEAL_REMOVED,
        /** The rows fit each other and not the seal: they were changed and hashed anew. */
        SEAL_MISMATCH,
        /** The seal was signed with a key that is not the realm's, and no later seal vouches for it. */
        SEAL_UNTRUSTED,
        /** Not a problem, a hint: the row was sealed long after it says that it happened. */
        LATE
    }

    static Finding row(Kind kind, ChainRow row) {
        return new Finding(kind, row.seq(), null, row.row().id(), null);
    }

    static Finding removed(long fromSeq, long uptoSeq) {
        return new Finding(Kind.REMOVED, fromSeq, fromSeq == uptoSeq ? null : uptoSeq, null, null);
    }

    static Finding seal(Kind kind, Seal seal) {
        return new Finding(kind, seal.fromSeq(), seal.uptoSeq(), null, seal.no());
    }

    static Finding sealRemoved(long no) {
        return new Finding(Kind.SEAL_REMOVED, null, null, null, no);
    }
}
