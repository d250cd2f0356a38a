package io.github.clinicsessions.audit.chain;

import org.jspecify.annotations.Nullable;

/**
 * Where a realm's chain ends.
 *
 * @param seq of the last row, 0 if there is none yet
 * @param hash of the last row, null if there is none yet
 * @param sealNo of the last seal, 0 if there is none yet
 */
public record ChainHead(long seq, @Nullable String hash, long sealNo) {

    /** Of a realm without a chain. */
    public static final ChainHead NONE = new ChainHead(0, null, 0);
}
