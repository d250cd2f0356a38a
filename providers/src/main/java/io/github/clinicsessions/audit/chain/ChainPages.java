package io.github.clinicsessions.audit.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A realm's chain, read page by page, so that checking it takes constant memory. An empty page is the end. */
public interface ChainPages {

    /** Seals after a number, in order. */
    List<Seal> seals(long afterNo);

    /**
     * Rows in order of place and id.
     *
     * @param afterId null for the places after {@code afterSeq}; else also those at it with a later id
     */
    List<ChainRow> rows(long afterSeq, @Nullable String afterId);
}
