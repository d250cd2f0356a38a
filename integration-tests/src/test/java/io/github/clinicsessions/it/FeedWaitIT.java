package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Waiting for the feed, on a server with {@value #THREADS} threads for requests and {@value #CONNECTIONS} connections to its
 * database: whoever waits holds neither.
 */
class FeedWaitIT {

    private static final int THREADS = 4;
    private static final int CONNECTIONS = 4;
    private static final int MAY_WAIT = 300;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic()
            .on(ServerOptions.named("feed")
                    .runWith(
                            "--http-pool-max-threads=" + THREADS,
                            "--db-pool-max-size=" + CONNECTIONS,
                            "--spi-realm-restapi-extension--clinic-sessions--max-waiting=" + MAY_WAIT));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FeedRows rows = new FeedRows(REALM);
    private String token = "";
    private String userId = "";
    private String cursor = "";

    @BeforeEach
    void allIsRead() {
        token = REALM.tokens().serviceAccount().accessToken();
        userId = REALM.userId("staff");
        var last = rows.add(userId);
        var all = Awaitility.await()
                .until(
                        () -> FeedIT.get(REALM, token, "", Map.of()),
                        one -> FeedIT.sids(one).contains(last));
        cursor = FeedIT.cursor(all);
    }

    @Test
    void whoWaitsIsWokenByWhatAnotherServerHasEnded() throws Exception {
        var waiting = ask(25);
        assertStillWaits(waiting);

        var from = System.nanoTime();
        var sid = rows.add(userId);
        var answer = waiting.get(5, TimeUnit.SECONDS);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(sid);
    }

    @Test
    void whoWaitsIsWokenByARealEnd() throws Exception {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        var waiting = ask(25);
        assertStillWaits(waiting);

        var from = System.nanoTime();
        Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);
        var answer = waiting.get(5, TimeUnit.SECONDS);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
        assertThat(answer.body()).contains(other.sessionId());
    }

    @Test
    void whereNothingEndsTheAnswerComesAfterTheWaitAndIsEmpty() throws Exception {
        var from = System.nanoTime();
        var answer = ask(2).get(10, TimeUnit.SECONDS);

        assertThat(Duration.ofNanos(System.nanoTime() - from))
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(3500));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(Http.parse(answer.body())).isEqualTo(Http.parse("{\"cursor\":\"" + cursor + "\",\"ended\":[]}"));
    }

    @Test
    void anotherRealmsEndsWakeNobodyHere() {
        var waiting = ask(25);
        assertStillWaits(waiting);
        waiting.cancel(true);
    }

    @Test
    void hundredsWaitAndTheServerStillWorks() throws Exception {
        System.out.printf("10 sign-ins and introspections: %d ms, again %d ms%n", work(), work());
        var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        IntStream.range(0, MAY_WAIT).forEach(i -> waiting.add(ask(25)));
        assertStillWaits(waiting.get(MAY_WAIT - 1));
        assertThat(Http.parse(ask(25).get(5, TimeUnit.SECONDS).body()))
                .as("one too many is answered at once")
                .isEqualTo(Http.parse("{\"cursor\":\"" + cursor + "\",\"ended\":[]}"));

        System.out.printf("10 sign-ins and introspections beside %d who wait: %d ms%n", MAY_WAIT, work());
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        var from = System.nanoTime();
        var sid = rows.add(userId);
        for (var one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS).body()).contains(sid);
        }
        System.out.printf(
                "%d who wait are answered after %d ms%n",
                MAY_WAIT, Duration.ofNanos(System.nanoTime() - from).toMillis());
    }

    @Test
    void whoGivesUpLeavesNothingBehind() throws Exception {
        assumeTrue(REALM.server().log().isPresent(), "the log of a container is not at hand");
        for (var i = 0; i < 20; i++) {
            ask(25).cancel(true);
        }
        var waiting = ask(25);
        assertStillWaits(waiting);

        var sid = rows.add(userId);

        assertThat(waiting.get(5, TimeUnit.SECONDS).body()).contains(sid);
        assertThat(errors()).isEmpty();
    }

    /** What takes a thread and a connection; answers milliseconds. */
    private static long work() {
        var from = System.nanoTime();
        for (var i = 0; i < 10; i++) {
            assertThat(REALM.tokens().introspect(REALM.tokens().signIn("staff")))
                    .isTrue();
        }
        return Duration.ofNanos(System.nanoTime() - from).toMillis();
    }

    private CompletableFuture<HttpResponse<String>> ask(int seconds) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(REALM.api("ended") + "?since=" + cursor + "&wait=" + seconds))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .timeout(Duration.ofSeconds(40))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void assertStillWaits(CompletableFuture<?> answer) {
        Awaitility.await().during(Duration.ofMillis(700)).until(() -> !answer.isDone());
    }

    private static List<String> errors() throws IOException {
        try (var lines = Files.lines(REALM.server().log().orElseThrow())) {
            return lines.filter(line -> line.contains(" ERROR ")).toList();
        }
    }
}
