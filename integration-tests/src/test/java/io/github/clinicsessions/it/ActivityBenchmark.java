package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long a report of a human takes while one node gets 500 a second for 20 seconds, from 3,000 sessions in turn: what is
 * remembered of a session for 5 seconds is forgotten until it reports again. Each is sent when its time has come, whatever has become
 * of those before, and its time counts from then. Client, server and database share the machine.
 *
 * <p>Reports, and fails only by an answer that is not 200: {@code bin/test -Dit.test=ActivityBenchmark -Dkc.it.benchmark=true}.
 */
@EnabledIfSystemProperty(named = "kc.it.benchmark", matches = "true")
class ActivityBenchmark {

    private static final Logger LOG = Logger.getLogger(ActivityBenchmark.class.getName());
    private static final int PERSONS = 100;
    private static final int SESSIONS = 3_000;
    private static final int THREADS = 4;
    private static final int WARM_UP_SECONDS = 40;
    private static final int SECONDS = 20;
    private static final List<Integer> RATES = List.of(100, 250, 500);

    /** Longer than one rate takes. */
    private static final int TOKEN_SECONDS = 120;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(json -> json.put("accessTokenLifespan", TOKEN_SECONDS));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicReferenceArray<TokenSet> tokens = new AtomicReferenceArray<>(SESSIONS);

    @Test
    void reportsOfManySessions() throws IOException, InterruptedException {
        for (var i = 0; i < PERSONS; i++) {
            REALM.addUser("person-" + i, "Person", String.valueOf(i));
        }
        inThreads(i -> tokens.set(i, REALM.tokens().signIn("person-" + i % PERSONS)));
        run(RATES.get(RATES.size() - 1), WARM_UP_SECONDS);
        var table = new ArrayList<>(List.of(
                "| reports a second | answered | not 200 | median ms | p90 | p99 | longest |",
                "|---|---|---|---|---|---|---|"));
        var failed = 0;
        for (var rate : RATES) {
            inThreads(i -> tokens.set(
                    i, TokenSet.of(REALM.tokens().refresh(tokens.get(i)).json())));
            var run = run(rate, SECONDS);
            failed += run.failed;
            table.add(run.row(rate));
        }
        var report = String.join("\n", table);
        LOG.info(() -> "\n" + report);
        Files.writeString(Project.target().resolve("activity.md"), report + "\n");
        assertThat(failed).isZero();
    }

    private record Run(List<Double> millis, int failed) {

        String row(int rate) {
            return "| %d | %d | %d | %.1f | %.1f | %.1f | %.1f |"
                    .formatted(rate, millis.size(), failed, at(0.5), at(0.9), at(0.99), at(1));
        }

        private double at(double share) {
            return millis.get((int) Math.round(share * (millis.size() - 1)));
        }
    }

    private Run run(int rate, int seconds) {
        var millis = new ConcurrentLinkedQueue<Double>();
        var failed = new AtomicInteger();
        var sent = new ArrayList<CompletableFuture<Void>>();
        var step = TimeUnit.SECONDS.toNanos(1) / rate;
        var began = System.nanoTime();
        for (var i = 0; i < rate * seconds; i++) {
            var due = began + i * step;
            for (var early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            sent.add(client.sendAsync(request(tokens.get(i % SESSIONS)), BodyHandlers.discarding())
                    .handle((answer, failure) -> {
                        millis.add((System.nanoTime() - due) / 1e6);
                        if (failure != null || answer.statusCode() != 200) {
                            failed.incrementAndGet();
                        }
                        return null;
                    }));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
        return new Run(millis.stream().sorted().toList(), failed.get());
    }

    private static HttpRequest request(TokenSet one) {
        return HttpRequest.newBuilder(URI.create(REALM.api("me/activity")))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + one.accessToken())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static void inThreads(Consumer<Integer> ofSession) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(THREADS);
        IntStream.range(0, SESSIONS).forEach(i -> pool.execute(() -> ofSession.accept(i)));
        pool.shutdown();
        assertThat(pool.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
    }
}
