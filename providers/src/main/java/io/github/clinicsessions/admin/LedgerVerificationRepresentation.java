package io.github.clinicsessions.admin;

import io.github.clinicsessions.audit.chain.ChainReport;
import io.github.clinicsessions.audit.chain.Finding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answer to a check of the ledger; see {@link ChainReport} for what the numbers are. */
record LedgerVerificationRepresentation(
        String realm,
        String verifiedAt,
        boolean intact,
        long rows,
        long unsealedRows,
        long expiredRows,
        long lateRows,
        long seals,
        long fromSeq,
        long uptoSeq,
        long problemCount,
        List<ProblemRepresentation> problems,
        List<ProblemRepresentation> late) {

    /** One finding; what does not apply is null. */
    record ProblemRepresentation(
            String kind,
            @Nullable Long seq,
            @Nullable Long uptoSeq,
            @Nullable String rowId,
            @Nullable Long sealNo) {

        static ProblemRepresentation of(Finding finding) {
            return new ProblemRepresentation(
                    name(finding.kind()), finding.fromSeq(), finding.uptoSeq(), finding.rowId(), finding.sealNo());
        }

        static String name(Finding.Kind kind) {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static LedgerVerificationRepresentation of(String realm, Instant at, ChainReport report) {
        return new LedgerVerificationRepresentation(
                realm,
                at.truncatedTo(ChronoUnit.MILLIS).toString(),
                report.intact(),
                report.rows(),
                report.unsealedRows(),
                report.expiredRows(),
                report.lateRows(),
                report.seals(),
                report.fromSeq(),
                report.uptoSeq(),
                report.problemCount(),
                report.problems().stream().map(ProblemRepresentation::of).toList(),
                report.late().stream().map(ProblemRepresentation::of).toList());
    }
}
