package io.github.clinicsessions.audit.chain;

import org.jspecify.annotations.Nullable;

/**
 * A row that has its place in the chain.
 *
 * @param seq 1 for a realm's first row, without gaps
 * @param previous the hash of the row before as this row has it, null for a realm's first row; kept with the row so that a
 *     row can be judged although its neighbour is gone
 * @param hash as stored
 */
public record ChainRow(
        long seq, @Nullable String previous, @Nullable String hash, StoredRow row) {

    /** Whether the row still says what was hashed. */
    boolean isSound() {
        return row.hash(seq, previous).equals(hash);
    }
}
