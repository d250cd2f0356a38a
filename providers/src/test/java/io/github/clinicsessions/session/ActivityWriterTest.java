package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.registry.SessionActivity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** Reports wait, become one, are stored, and are tried again. */
class ActivityWriterTest {

    private static final String REALM = "realm";

    /** The tables of the registry, as far as this needs them. */
    private static final class Sink implements BeatSink {
        private final List<List<Beat>> calls = new ArrayList<>();
        private final List<String> unregistered = new ArrayList<>();
        private boolean down;
        private Consumer<Sink> meanwhile = sink -> {};

        @Override
        public synchronized List<Beat> store(Collection<Beat> beats) {
            meanwhile.accept(this);
            if (down) {
                throw new IllegalStateException("no database");
            }
            calls.add(List.copyOf(beats));
            return beats.stream()
                    .filter(beat -> unregistered.contains(beat.sessionId()))
                    .toList();
        }

        synchronized List<Beat> all() {
            return calls.stream().flatMap(List::stream).toList();
        }
    }

    private final Sink sink = new Sink();
    private final ActivityBuffer buffer = new ActivityBuffer(1_000);
    private final ActivityWriter writer = ActivityWriter.stopped(buffer, sink);

    @BeforeEach
    @AfterEach
    void now() {
        Time.setOffset(0);
    }

    @Test
    void beatsOfASessionBecomeOneWithAllTheirClients() {
        add("s", 10, "app");
        add("s", 30, null);
        add("s", 20, "lab");
        add("other", 5, null);

        writer.flush();

        assertThat(sink.calls).hasSize(1);
        assertThat(sink.all())
                .containsExactlyInAnyOrder(beat("s", 30, "app"), beat("s", 30, "lab"), beat("other", 5, null));
        assertThat(buffer.waiting()).isEmpty();
        writer.flush();
        assertThat(sink.calls).as("nothing waits").hasSize(1);
    }

    @Test
    void whatIsHeardIsKnownBeforeItIsStored() {
        var stored = Map.of("s", new SessionActivity(10, Set.of("app")));
        add("s", 20, "lab");
        add("new", 5, null);

        assertThat(buffer.with(REALM, List.of("s", "new", "unheard"), stored))
                .isEqualTo(Map.of(
                        "s", new SessionActivity(20, Set.of("app", "lab")), "new", new SessionActivity(5, Set.of())));
        assertThat(buffer.with("another realm", List.of("s"), Map.of())).isEmpty();
    }

    @Test
    void aFullBufferTakesNoFurtherSessionButWhatItHas() {
        var small = new ActivityBuffer(2);

        assertThat(small.add(beat("a", 1, null))).isTrue();
        assertThat(small.add(beat("b", 1, null))).isTrue();
        assertThat(small.add(beat("c", 1, null))).isFalse();
        assertThat(small.add(beat("a", 2, "app"))).isTrue();
        assertThat(small.waiting()).hasSize(2);
    }

    @Test
    void manySessionsAreStoredInBatches() {
        IntStream.range(0, 1_000).forEach(i -> add("s" + i, i, null));

        writer.flush();

        assertThat(sink.calls).extracting(List::size).containsExactly(500, 500);
        assertThat(sink.all()).doesNotHaveDuplicates().hasSize(1_000);
    }

    @Test
    void whatCannotBeStoredIsTriedAgain() {
        add("s", 10, "app");
        sink.down = true;
        writer.flush();
        assertThat(buffer.waiting()).hasSize(1);

        add("s", 20, null);
        sink.down = false;
        writer.flush();

        assertThat(sink.all()).containsExactly(beat("s", 20, "app"));
        assertThat(buffer.waiting()).isEmpty();
    }

    @Test
    void notForEver() {
        sink.down = true;
        add("old", 10, null);
        Time.setOffset(Math.toIntExact(Duration.ofMinutes(9).toSeconds()));
        add("young", 20, null);
        writer.flush();
        assertThat(buffer.waiting()).hasSize(2);

        Time.setOffset(Math.toIntExact(Duration.ofMinutes(11).toSeconds()));
        writer.flush();

        assertThat(buffer.waiting())
                .singleElement()
                .satisfies(one -> assertThat(one.getKey().sessionId()).isEqualTo("young"));
    }

    @Test
    void aSessionThatIsRegisteredLaterIsWaitedForForAMinute() {
        sink.unregistered.addAll(List.of("late", "never"));
        add("late", 10, null);
        add("never", 10, null);
        writer.flush();
        assertThat(buffer.waiting()).hasSize(2);

        sink.unregistered.remove("late");
        writer.flush();
        assertThat(buffer.waiting()).hasSize(1);
        assertThat(sink.all().stream().filter(beat("late", 10, null)::equals)).hasSize(2);

        Time.setOffset(61);
        writer.flush();
        assertThat(buffer.waiting()).isEmpty();
    }

    @Test
    void whatComesWhileItIsStoredIsStoredNext() {
        add("s", 10, null);
        sink.meanwhile = one -> add("s", 20, "app");
        writer.flush();
        sink.meanwhile = one -> {};

        assertThat(sink.all()).containsExactly(beat("s", 10, null));
        writer.flush();
        assertThat(sink.all()).containsExactly(beat("s", 10, null), beat("s", 20, "app"));
        assertThat(buffer.waiting()).isEmpty();
    }

    @Test
    void whatIsStoredAtOnceNeedNotWait() {
        add("s", 10, "app");
        writer.store(beat("s", 10, "app"));
        assertThat(buffer.waiting()).isEmpty();

        add("s", 20, "lab");
        writer.store(beat("s", 20, null));
        assertThat(buffer.waiting()).as("the client is not stored").hasSize(1);

        sink.unregistered.add("new");
        add("new", 20, null);
        writer.store(beat("new", 20, null));
        assertThat(buffer.waiting()).as("it waits for the session").hasSize(2);

        sink.down = true;
        add("down", 20, null);
        writer.store(beat("down", 20, null));
        assertThat(buffer.waiting()).hasSize(3);
    }

    @Test
    void itIsStoredByItselfSoonWhenWokenAndAtTheEnd() {
        var running = ActivityWriter.start(buffer, sink);
        add("by itself", 10, null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !sink.all().isEmpty());

        var woken = System.nanoTime();
        add("woken", 10, null);
        running.wake();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> sink.all().size() == 2);
        assertThat(Duration.ofNanos(System.nanoTime() - woken)).isLessThan(Duration.ofMillis(1_500));

        add("at the end", 10, null);
        running.close();
        assertThat(sink.all()).contains(beat("at the end", 10, null));
        running.wake(); // harmless
    }

    /** Each thread reports for all sessions; nothing of it may be lost, whatever is stored meanwhile. */
    @Test
    void manyThreadsLoseNothing() throws InterruptedException {
        var threads = 8;
        var rounds = 2_000;
        var at = new AtomicLong();
        var done = new CountDownLatch(threads);
        var pool = Executors.newFixedThreadPool(threads);
        for (var t = 0; t < threads; t++) {
            var client = "client-" + t;
            pool.execute(() -> {
                for (var i = 0; i < rounds; i++) {
                    add("s" + i % 7, at.incrementAndGet(), client);
                }
                done.countDown();
            });
        }
        while (!done.await(1, TimeUnit.MILLISECONDS)) {
            writer.flush();
        }
        pool.shutdown();
        writer.flush();

        assertThat(buffer.waiting()).isEmpty();
        assertThat(sink.all().stream().mapToLong(Beat::at).max()).hasValue((long) threads * rounds);
        for (var s = 0; s < 7; s++) {
            var session = "s" + s;
            assertThat(sink.all().stream()
                            .filter(beat -> beat.sessionId().equals(session))
                            .map(Beat::clientId)
                            .distinct())
                    .hasSize(threads);
        }
    }

    private void add(String sessionId, long at, @Nullable String clientId) {
        assertThat(buffer.add(beat(sessionId, at, clientId))).isTrue();
    }

    private static Beat beat(String sessionId, long at, @Nullable String clientId) {
        return new Beat(REALM, sessionId, at, clientId);
    }
}
