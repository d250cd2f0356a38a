package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerExport;
import io.github.clinicsessions.audit.LedgerExports;
import io.github.clinicsessions.audit.LedgerQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A million rows as CSV: how long it takes, and what stays in memory, measured after a garbage collection each 20 MB while
 * the export goes on.
 *
 * <p>Reports, never fails for a number: {@code mvn test -pl providers -Dtest=LedgerExportBenchmark -Dkc.it.benchmark=true}.
 */
@EnabledIfSystemProperty(named = "kc.it.benchmark", matches = "true")
class LedgerExportBenchmark {

    private static final int ROWS = 1_000_000;

    @Test
    void aMillionRows() throws IOException {
        var report = new StringBuilder(
                "| ledger | rows | MB | s | heap at the beginning | most heap in between |\n|---|---|---|---|---|---|\n");
        try (var database = LedgerDatabase.start()) {
            GeneratedRows.insert(database, ROWS);
            report.append(measure("every clinic", database, LedgerQuery.of("realm", null)));
            report.append(measure("one organization", database, LedgerQuery.of("realm", Set.of("large"))));
            report.append(measure("two organizations", database, LedgerQuery.of("realm", Set.of("large", "small"))));
        }
        System.out.println(report);
        Files.writeString(Path.of("target", "ledger-export.md"), report);
    }

    private static String measure(String name, LedgerDatabase database, LedgerQuery query) throws IOException {
        LedgerExport export = LedgerExports.of(database, query);
        var out = new Counting();
        var before = used();
        var began = System.nanoTime();
        var rows = export.writeTo(out, false);
        return "| %s | %d | %.0f | %.1f | %.1f MB | %.1f MB |%n"
                .formatted(
                        name,
                        rows,
                        out.bytes / 1e6,
                        Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3,
                        before / 1e6,
                        out.most / 1e6);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Keeps nothing; looks at the memory now and then. */
    private static final class Counting extends OutputStream {

        private static final long LOOK_EACH = 20_000_000;

        private long bytes;
        private long lookAt = LOOK_EACH;
        private long most;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int off, int len) {
            bytes += len;
            if (bytes >= lookAt) {
                lookAt += LOOK_EACH;
                most = Math.max(most, used());
            }
        }
    }
}
