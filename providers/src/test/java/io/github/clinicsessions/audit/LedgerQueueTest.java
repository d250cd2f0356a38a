package io.github.clinicsessions.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clinicsessions.audit.spool.Spool;
import io.github.clinicsessions.audit.spool.SpoolRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No row is dropped and nobody who offers one waits, whatever the database does. The database is a set here. */
class LedgerQueueTest {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    @TempDir
    private Path directory = Path.of("");

    /** Guarded by itself. */
    private final Set<LedgerRow> ledger = new LinkedHashSet<>();

    private volatile Behaviour behaviour = items -> {};

    /** What the database does before it writes. */
    @FunctionalInterface
    private interface Behaviour {
        void before(List<LedgerItem> items);
    }

    @Test
    void rowsAreWrittenWithoutTheSpool() {
        var rows = SpoolRows.rows(250);
        try (var queue = start(spool())) {
            rows.forEach(queue::offer);

            awaitLedger(rows);
            assertThat(queue.shown().keySet()).containsExactlyElementsOf(LedgerCounters.SHOWN);
            await().untilAsserted(() -> assertThat(queue.shown())
                    .containsEntry("ledger: rows written", "250")
                    .containsEntry("ledger: rows waiting in memory", "0")
                    .containsEntry("ledger: rows waiting in the spool", "0")
                    .containsEntry("ledger: rows spooled since the start", "0")
                    .containsEntry("ledger: rows lost (in the log only)", "0")
                    .containsEntry("ledger: spool", "can be written"));
        }
    }

    @Test
    void whatTheDatabaseRefusesWaitsOnTheDiskUntilItIsBack() {
        behaviour = LedgerQueueTest::fail;
        var rows = SpoolRows.rows(150);
        try (var queue = start(spool())) {
            rows.forEach(queue::offer);
            awaitShown(queue, "ledger: rows waiting in the spool", "150");
            assertThat(ledger).isEmpty();

            behaviour = items -> {};

            awaitLedger(rows);
            awaitShown(queue, "ledger: rows waiting in the spool", "0");
            assertThat(queue.shown())
                    .containsEntry("ledger: rows spooled since the start", "150")
                    .containsEntry("ledger: rows lost (in the log only)", "0")
                    .containsEntry("ledger: rows written", "150");
        }
    }

    /** What is to be done in the row's transaction goes where the row goes, but not to the disk. */
    @Test
    void whatElseIsToBeDoneComesWithTheRowUnlessItWaitedOnTheDisk() {
        var withMore = Collections.synchronizedList(new ArrayList<LedgerRow>());
        Behaviour collect = items -> items.stream()
                .filter(item -> item.also() != null)
                .map(LedgerItem::row)
                .forEach(withMore::add);
        var rows = SpoolRows.rows(3);
        behaviour = collect;
        try (var queue = start(spool())) {
            queue.offer(rows.get(0));
            queue.offer(rows.get(1), session -> {});
            awaitLedger(rows.subList(0, 2));
            behaviour = LedgerQueueTest::fail;
            queue.offer(rows.get(2), session -> {});
            awaitShown(queue, "ledger: rows waiting in the spool", "1");
            behaviour = collect;

            awaitLedger(rows);
            assertThat(withMore).containsExactly(rows.get(1));
        }
    }

    @Test
    void whatElseIsToBeDoneDoesNotKeepTheRowFromBeingWritten() throws IOException {
        behaviour = items -> {
            if (items.stream().anyMatch(item -> item.also() != null)) {
                fail(items);
            }
        };
        var rows = SpoolRows.rows(2);
        try (var queue = start(spool())) {
            queue.offer(rows.get(0), session -> {});
            awaitLedger(rows.subList(0, 1));
        }
        var noFolder = Files.createFile(directory.resolve("file"));
        try (var queue = start(new Spool(noFolder, 1_000_000))) {
            queue.offer(rows.get(1), session -> {});
            awaitLedger(rows);
        }
    }

    @Test
    void oneRowThatIsRefusedTakesNoOtherAlong() {
        behaviour = items -> {
            if (items.stream().anyMatch(item -> "refused".equals(item.row().username()))) {
                fail(items);
            }
        };
        var rows = SpoolRows.rows(30);
        try (var queue = start(spool())) {
            queue.offer(SpoolRows.row("refused"));
            rows.forEach(queue::offer);

            awaitLedger(rows);
            awaitShown(queue, "ledger: rows waiting in the spool", "1");
        }
    }

    @Test
    void whatAnErrorBreaksOffIsKept() {
        behaviour = items -> {
            behaviour = again -> {};
            throw new StackOverflowError("of a test");
        };
        var rows = SpoolRows.rows(30);
        try (var queue = start(spool())) {
            rows.forEach(queue::offer);

            awaitLedger(rows);
            awaitShown(queue, "ledger: rows waiting in the spool", "0");
        }
    }

    @Test
    void whatIsLeftAtAStopIsThereAfterTheNextStart() {
        behaviour = LedgerQueueTest::fail;
        var rows = SpoolRows.rows(250);
        var queue = start(spool());
        rows.forEach(queue::offer);
        queue.close();
        assertThat(ledger).isEmpty();
        behaviour = items -> {};

        try (var next = start(spool())) {
            awaitLedger(rows);
            awaitShown(next, "ledger: rows waiting in the spool", "0");
        }
    }

    @Test
    void whatComesAfterTheStopIsCounted() {
        var queue = start(spool());
        queue.close();

        queue.offer(SpoolRows.row("late"));

        assertThat(queue.shown())
                .containsEntry("ledger: rows lost (in the log only)", "1")
                .containsEntry("ledger: rows waiting in memory", "0");
    }

    /** The writer hangs, so that what it has in its hands must be kept by somebody else. */
    @Test
    void aHangingDatabaseHoldsUpNeitherOffersNorAStop() {
        var hanging = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        behaviour = items -> {
            entered.countDown();
            awaitUninterruptibly(hanging);
        };
        var queue = start(spool());
        var first = SpoolRows.row("in the writer's hands");
        queue.offer(first);
        awaitUninterruptibly(entered);
        var rows = SpoolRows.rows(LedgerQueue.CAPACITY / 2 + 300);
        var began = System.nanoTime();
        rows.forEach(queue::offer);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));

        // more than half full, then hanging for too long: all is taken to the disk past the writer
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(queue.shown())
                        .containsEntry("ledger: rows waiting in memory", "0")
                        .containsEntry("ledger: rows waiting in the spool", String.valueOf(rows.size() + 1)));
        queue.close();
        behaviour = items -> {};

        try (var next = start(spool())) {
            awaitLedger(rows);
            awaitShown(next, "ledger: rows waiting in the spool", "0");
            synchronized (ledger) {
                assertThat(ledger).hasSize(rows.size() + 1);
                assertThat(ledger.contains(first)).isTrue();
            }
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void withoutAFolderWhatCannotBeWrittenIsCounted() throws IOException {
        Files.createFile(directory.resolve("spool"));
        behaviour = LedgerQueueTest::fail;
        var queue = start(spool());
        queue.offer(SpoolRows.row("a"));
        queue.offer(SpoolRows.row("b"));
        awaitShown(queue, "ledger: spool", "cannot be written, see the server's log");
        queue.close();

        assertThat(queue.shown()).containsEntry("ledger: rows lost (in the log only)", "2");
        assertThat(ledger).isEmpty();
    }

    @Test
    void withoutAFolderRowsAreTriedAgainForAWhile() throws IOException {
        Files.createFile(directory.resolve("spool"));
        behaviour = LedgerQueueTest::fail;
        try (var queue = start(spool())) {
            var rows = SpoolRows.rows(2);
            rows.forEach(queue::offer);
            awaitShown(queue, "ledger: spool", "cannot be written, see the server's log");
            behaviour = items -> {};

            awaitLedger(rows);
            assertThat(queue.shown()).containsEntry("ledger: rows lost (in the log only)", "0");
        }
    }

    private LedgerQueue start(Spool spool) {
        LedgerSink sink = items -> {
            behaviour.before(items);
            synchronized (ledger) {
                var before = ledger.size();
                ledger.addAll(LedgerItem.rows(items));
                return ledger.size() - before;
            }
        };
        var queue = LedgerQueue.start(sink, spool, LONGEST_PAUSE);
        queue.retryFromNowOn();
        return queue;
    }

    private Spool spool() {
        return new Spool(directory.resolve("spool"), 100_000_000);
    }

    private void awaitLedger(List<LedgerRow> rows) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            synchronized (ledger) {
                assertThat(ledger.containsAll(rows)).isTrue();
            }
        });
    }

    private static void awaitShown(LedgerQueue queue, String key, String value) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(queue.shown()).containsEntry(key, value));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fail(List<LedgerItem> items) {
        throw new IllegalStateException("a test's database does not take " + items.size() + " rows");
    }
}
