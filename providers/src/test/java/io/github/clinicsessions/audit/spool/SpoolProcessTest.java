package io.github.clinicsessions.audit.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.audit.LedgerRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share a folder, and one is killed. */
class SpoolProcessTest {

    private static final String KEPT = "kept";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatAServerHoldsIsLeftAloneUntilItIsKilledAndThenTakenUp() throws Exception {
        var written = new ArrayList<LedgerRow>();
        var other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var spool = new Spool(folder, 1_000_000);
                var output =
                        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            var lines = new ArrayList<String>();
            for (var line = output.readLine(); line != null && !line.equals(KEPT); line = output.readLine()) {
                lines.add(line);
            }
            assertThat(other.isAlive()).as(String.join("\n", lines)).isTrue();

            retry(spool, written).step();
            assertThat(written).isEmpty();

            other.destroyForcibly();
            assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
            retry(spool, written).step();

            assertThat(written).extracting(LedgerRow::username).containsExactly("user 0", "user 1", "user 2");
            assertThat(folder).isEmptyDirectory();
        } finally {
            other.destroyForcibly();
        }
    }

    private static SpoolRetry retry(Spool spool, List<LedgerRow> written) {
        return new SpoolRetry(
                spool,
                rows -> {
                    written.addAll(rows);
                    return List.of();
                },
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                System::nanoTime);
    }

    /** The other server: keeps rows, and waits to be killed. */
    static final class Other {

        private Other() {}

        public static void main(String[] arguments) throws IOException {
            try (var spool = new Spool(Path.of(arguments[0]), 1_000_000)) {
                if (spool.append(SpoolRows.rows(3))) {
                    System.out.println(KEPT);
                }
                int end = System.in.read();
                System.out.println("nobody killed it: " + end);
            }
        }
    }
}
