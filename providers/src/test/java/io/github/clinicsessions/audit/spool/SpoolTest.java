package io.github.clinicsessions.audit.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clinicsessions.audit.LedgerRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows on the disk, against crashes, full disks, other servers and rows that nobody takes. */
class SpoolTest {

    private static final long ENOUGH = 10_000_000;

    @TempDir
    private Path directory = Path.of("");

    private final AtomicLong clock = new AtomicLong(-1_000);
    private final List<LedgerRow> written = new ArrayList<>();
    private Predicate<LedgerRow> refused = row -> false;
    private int attempts;

    @Test
    void whatIsKeptIsWrittenInOrderAndGone() {
        try (var spool = spool(ENOUGH)) {
            var rows = SpoolRows.rows(3);
            assertThat(spool.append(rows.subList(0, 2))).isTrue();
            assertThat(spool.append(rows.subList(2, 3))).isTrue();
            assertThat(spool.rows()).isEqualTo(3);
            assertThat(spool.spooled()).isEqualTo(3);

            run(retry(spool), 2);

            assertThat(written).isEqualTo(rows);
            assertThat(spool.rows()).isZero();
            assertThat(spool.spooled()).isEqualTo(3);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void filesAreSmallAndTheOldestComesFirst() {
        try (var spool = spool(ENOUGH)) {
            var rows = SpoolRows.rows(250);
            for (var row : rows) {
                spool.append(List.of(row));
            }
            assertThat(files()).hasSize(3);

            run(retry(spool), 2);

            assertThat(written).isEqualTo(rows);
            assertThat(attempts).isEqualTo(3);
        }
    }

    @Test
    void theNextServerTakesUpWhatWasLeft() {
        var rows = SpoolRows.rows(120);
        try (var before = spool(ENOUGH)) {
            before.append(rows.subList(0, 110));
            before.append(rows.subList(110, 120));
        }
        try (var after = spool(ENOUGH)) {
            refused = row -> true;
            var retry = retry(after);
            assertThat(retry.step()).isFalse();
            assertThat(after.rows()).as("counted once looked at").isEqualTo(120);
            assertThat(after.spooled()).isZero();
            refused = row -> false;

            run(retry, 3);

            assertThat(written).containsExactlyInAnyOrderElementsOf(rows);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aLastLineCutOffByACrashIsSetAsideAndStopsNoOther() throws IOException {
        var rows = SpoolRows.rows(3);
        try (var before = spool(ENOUGH)) {
            before.append(rows);
        }
        var file = files().get(0);
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 40));
        Files.writeString(file, "\nno row\n", StandardOpenOption.APPEND);
        Files.write(file, SpoolLine.write(SpoolRows.row("behind")), StandardOpenOption.APPEND);

        try (var after = spool(ENOUGH)) {
            refused = row -> true;
            var retry = retry(after);
            run(retry, 3);
            refused = row -> false;
            run(retry, 10);

            assertThat(written).extracting(LedgerRow::username).containsExactly("user 0", "user 1", "behind");
            assertThat(after.unreadable()).isEqualTo(2);
            assertThat(after.rows()).isZero();
            var bad = Path.of(file + ".bad");
            assertThat(files()).containsExactly(bad);
            assertThat(Files.readAllLines(bad)).hasSize(2).last().isEqualTo("no row");
            assertThat(Files.readAllLines(bad).get(0)).startsWith("{\"v\":1,").doesNotContain("}}");
            assertOwnerOnly(bad);
        }
    }

    @Test
    void anEmptyFileIsRemoved() throws IOException {
        Files.createDirectories(folder());
        Files.createFile(folder().resolve("rows-0-x.jsonl"));
        try (var spool = spool(ENOUGH)) {
            run(retry(spool), 1);
            assertThat(files()).isEmpty();
            assertThat(attempts).isZero();
        }
    }

    /** As a file of an account that this server does not run as any more. */
    @Test
    void aFileThatCannotBeOpenedStopsNoOther() throws IOException {
        try (var before = spool(ENOUGH)) {
            before.append(SpoolRows.rows(1));
        }
        Files.createDirectory(folder().resolve("rows-0-x.jsonl"));
        Files.createDirectory(folder().resolve("rows-9-x.jsonl"));
        try (var spool = spool(ENOUGH)) {
            run(retry(spool), 5);

            assertThat(written).hasSize(1);
            assertThat(files()).hasSize(2);
        }
    }

    @Test
    void onlyTheOwnerMayRead() throws IOException {
        try (var spool = spool(ENOUGH)) {
            spool.append(SpoolRows.rows(1));

            assertOwnerOnly(files().get(0));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void whatIsBeyondTheBoundIsRefusedUntilThereIsRoom() {
        var size = SpoolLine.write(SpoolRows.row("user 0")).length;
        try (var spool = spool(2L * size)) {
            assertThat(spool.append(SpoolRows.rows(2))).isTrue();
            assertThat(spool.isWorking()).isTrue();
            assertThat(spool.append(SpoolRows.rows(1))).isFalse();
            assertThat(spool.isWorking()).isFalse();
            assertThat(spool.rows()).isEqualTo(2);

            run(retry(spool), 2);

            assertThat(spool.append(SpoolRows.rows(1))).isTrue();
            assertThat(spool.isWorking()).isTrue();
        }
    }

    @Test
    void whatAnEarlierServerLeftCountsForTheBound() {
        var size = SpoolLine.write(SpoolRows.row("user 0")).length;
        try (var before = spool(ENOUGH)) {
            before.append(SpoolRows.rows(2));
        }
        refused = row -> true;
        try (var after = spool(2L * size)) {
            retry(after).step();

            assertThat(after.append(SpoolRows.rows(1))).isFalse();
        }
    }

    /** A file in place of the folder: nobody can write below it, root included. */
    @Test
    void aFolderThatCannotBeWrittenRefuses() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.createFile(folder());
        try (var spool = spool(ENOUGH)) {
            spool.prepare();
            assertThat(spool.isWorking()).isFalse();
            assertThat(spool.append(SpoolRows.rows(1))).isFalse();
            assertThat(spool.rows()).isZero();
            assertThat(retry(spool).step()).isFalse();
        }
    }

    @Test
    void rowsThatAreRefusedForGoodDoNotStandInTheWay() {
        try (var spool = spool(ENOUGH)) {
            refused = row -> "refused".equals(row.username());
            spool.append(List.of(SpoolRows.row("refused")));
            spool.append(SpoolRows.rows(100));
            spool.append(List.of(SpoolRows.row("refused")));
            spool.append(SpoolRows.rows(99));

            run(retry(spool), 8);

            assertThat(written).hasSize(199);
            assertThat(spool.rows()).isEqualTo(2);
            refused = row -> false;
            run(retry(spool), 2);
            assertThat(written).hasSize(201);
            assertThat(spool.rows()).isZero();
        }
    }

    @Test
    void pausesGrowWhileNothingIsWritten() {
        try (var spool = spool(ENOUGH)) {
            refused = row -> true;
            spool.append(SpoolRows.rows(1));
            var retry = retry(spool);
            var seconds = new ArrayList<Long>();
            for (var second = 0L; second < 40; second++) {
                var before = attempts;
                run(retry, 0);
                if (attempts > before) {
                    seconds.add(second);
                }
                clock.addAndGet(Duration.ofSeconds(1).toNanos());
            }

            assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 26L, 36L);
        }
    }

    /** Of one process; {@link SpoolProcessTest} has two. */
    @Test
    void aFileThatAnotherServerAppendsToIsLeftAlone() {
        try (var mine = spool(ENOUGH)) {
            try (var other = spool(ENOUGH)) {
                other.append(SpoolRows.rows(2));
                mine.append(SpoolRows.rows(1));

                run(retry(mine), 3);
                assertThat(written).hasSize(1);
                assertThat(other.append(SpoolRows.rows(1))).isTrue();
            }

            run(retry(mine), 3);
            assertThat(written).hasSize(4);
            assertThat(files()).isEmpty();
        }
    }

    private Spool spool(long mostBytes) {
        return new Spool(folder(), mostBytes);
    }

    private Path folder() {
        return directory.resolve("data/spool");
    }

    private SpoolRetry retry(Spool spool) {
        return new SpoolRetry(spool, this::write, Duration.ofSeconds(1), Duration.ofSeconds(10), clock::get);
    }

    /** Steps until there is nothing to do at once, again after each of so many pauses of a second. */
    private void run(SpoolRetry retry, int pauses) {
        for (var i = 0; i <= pauses; i++) {
            var steps = 0;
            while (retry.step()) {
                assertThat(++steps).isLessThan(1_000);
            }
            if (i < pauses) {
                clock.addAndGet(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    private List<LedgerRow> write(List<LedgerRow> rows) {
        attempts++;
        rows.stream().filter(refused.negate()).forEach(written::add);
        return rows.stream().filter(refused).toList();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertOwnerOnly(Path file) throws IOException {
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
