package io.github.clinicsessions.audit.chain;

import java.util.List;

/**
 * What a check of a realm's chain found.
 *
 * @param rows that have a place in the chain
 * @param unsealedRows that no seal covers yet: without a place, or behind the last seal
 * @param expiredRows before the last cut, which retention has yet to delete
 * @param lateRows that were sealed more than an hour after they say that they happened
 * @param seals checked
 * @param fromSeq the chain's first place after the last cut
 * @param uptoSeq the last place that a seal covers, 0 if there is no seal
 * @param problemCount of which {@code problems} has the first 100
 * @param late the first 100 of {@code lateRows}
 */
public record ChainReport(
        long rows,
        long unsealedRows,
        long expiredRows,
        long lateRows,
        long seals,
        long fromSeq,
        long uptoSeq,
        long problemCount,
        List<Finding> problems,
        List<Finding> late) {

    public boolean intact() {
        return problemCount == 0;
    }
}
