package io.github.clinicsessions.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clinicsessions.audit.jpa.LedgerDatabase;
import io.github.clinicsessions.audit.spool.Spool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers write the same row at once, each with others in the same batch: it is there once, and nothing else is lost. */
class TwoWritersTest {

    private static final Actor VIEWER = new Actor(Actor.Type.OWNER, "viewer", "viewer");

    @TempDir
    private Path directory = Path.of("");

    private final AtomicInteger failed = new AtomicInteger();

    @Test
    void theSameRowAtOnce() {
        var both = new CyclicBarrier(2);
        try (var database = LedgerDatabase.start();
                var one = queue(database, both, "one");
                var other = queue(database, both, "other")) {
            Stream.of("a", "b").forEach(name -> one.offer(started(name)));
            one.offer(viewed());
            one.offer(started("c"));
            Stream.of("d", "e").forEach(name -> other.offer(started(name)));
            other.offer(viewed());
            other.offer(started("f"));

            await().untilAsserted(() -> assertThat(
                            database.texts("SELECT USERNAME FROM CLINIC_SESSION_LEDGER ORDER BY USERNAME"))
                    .containsExactly("a", "b", "c", "d", "e", "f", "seen"));
            await().untilAsserted(() -> assertThat(List.of(one.shown(), other.shown()))
                    .allSatisfy(shown -> assertThat(shown)
                            .containsEntry("ledger: rows waiting in memory", "0")
                            .containsEntry("ledger: rows waiting in the spool", "0")
                            .containsEntry("ledger: rows spooled since the start", "0")
                            .containsEntry("ledger: rows lost (in the log only)", "0")));
            assertThat(failed).as("they did meet").hasValue(1);
        }
    }

    private LedgerQueue queue(LedgerDatabase database, CyclicBarrier both, String name) {
        var met = new AtomicInteger();
        LedgerSink sink = items -> {
            try {
                return database.in(store -> {
                    items.forEach(item -> store.append(item.row()));
                    if (items.stream().anyMatch(item -> item.row().action() == LedgerAction.SESSIONS_VIEWED)
                            && met.getAndIncrement() == 0) {
                        meet(both);
                    }
                    return items.size();
                });
            } catch (RuntimeException e) {
                failed.incrementAndGet();
                throw e;
            }
        };
        return LedgerQueue.start(sink, new Spool(directory.resolve(name), 1_000_000), Duration.ofSeconds(1));
    }

    /** Neither has written yet, and neither has seen the other's row. */
    private static void meet(CyclicBarrier both) {
        try {
            both.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LedgerRow viewed() {
        return LedgerRow.viewed("realm", 0, "user", "seen", VIEWER, null).of("seen", List.of("clinic"), List.of());
    }

    private static LedgerRow started(String name) {
        return LedgerRow.started("realm", 0, name, name, "s", Actor.self(name, name), null, null, Map.of())
                .of(name, List.of("clinic"), List.of());
    }
}
