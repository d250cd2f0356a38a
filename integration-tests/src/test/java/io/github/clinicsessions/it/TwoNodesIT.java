package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes of one cluster: people are sent to either, and there is one feed, with cursors that are good for both. */
class TwoNodesIT {

    private static final ServerOptions CLUSTER = ServerOptions.named("two-nodes")
            .runWithout("--spi-user-sessions--infinispan--use-caches")
            .runWith(IdleTimes.SECONDS_PER_MINUTE, "--log-level=info,io.github.clinicsessions.session.IdleSweep:debug")
            .asCluster();

    private static final Duration LIMIT = Duration.ofSeconds(8);

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().on(CLUSTER);

    @RegisterExtension
    static final TestRealm FEED = TestRealm.clinic().on(CLUSTER);

    @RegisterExtension
    static final TestRealm LIMITED =
            TestRealm.clinic().with(SessionLimits::withoutAuthenticator).on(CLUSTER);

    @RegisterExtension
    static final TestRealm IDLE = TestRealm.clinic()
            .on(CLUSTER)
            .with(json -> json.putObject("attributes").put(IdleTimes.MINUTES, String.valueOf(LIMIT.toSeconds())));

    private static @Nullable Launch second;
    private static String cursor = "";
    private static String beforeItJoined = "";

    @BeforeAll
    static void aSecondNodeJoins() throws IOException {
        var last = end(FEED.url());
        cursor = FeedIT.cursor(Awaitility.await()
                .until(() -> get(FEED.url(), ""), one -> FeedIT.sids(one).contains(last)));
        beforeItJoined = end(FEED.url());
        var joined = REALM.server().second();
        assumeTrue(joined.isPresent(), "no second node here");
        second = joined.get();
        // Sessions are in the database as well: without this line the tests would pass on two nodes that never met.
        assertThat(Files.readString(Objects.requireNonNull(second.log()))).containsPattern("ISPN000094.*\\(2\\)");
    }

    @AfterAll
    static void itLeaves() {
        if (second != null) {
            second.close();
        }
    }

    @Test
    void aSessionMadeOnOneNodeIsGoodOnTheOther() {
        var tokens = REALM.tokens().signIn("staff");

        assertThat(onSecond().refresh(tokens).status()).isEqualTo(200);
        assertThat(onSecond().introspect(tokens)).isTrue();
    }

    @Test
    void aSessionEndedOnOneNodeIsRefusedOnTheOther() {
        var mine = REALM.tokens().signIn("nurse");
        var other = onSecond().signIn("nurse");
        assertThat(REALM.tokens().introspect(other)).isTrue();

        var ended = Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);

        assertThat(ended.status()).isEqualTo(204);
        assertThat(onSecond().introspect(other)).isFalse();
        assertThat(onSecond().refresh(other).status()).isEqualTo(400);
        assertThat(REALM.tokens().refresh(other).status()).isEqualTo(400);
    }

    @Test
    void aSessionEndedOnOneNodeWhileItIsUsedOnTheOtherIsGoneFromBoth() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        try {
            for (var round = 0; round < 5; round++) {
                var mine = REALM.tokens().signIn("doctor");
                var other = onSecond().signIn("doctor");
                var stop = new AtomicBoolean();
                var users = new ArrayList<Future<?>>();
                for (var i = 0; i < 8; i++) {
                    var refreshes = i % 2 == 0;
                    users.add(pool.submit(() -> {
                        while (!stop.get()) {
                            if (refreshes) {
                                onSecond().refresh(other);
                            } else {
                                onSecond().introspect(other);
                            }
                        }
                    }));
                }
                onSecond().introspect(other);

                var ended =
                        Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);
                assertThat(ended.status()).isEqualTo(204);
                assertGone(other);
                stop.set(true);
                for (var user : users) {
                    user.get(30, TimeUnit.SECONDS);
                }
                assertGone(other);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatOneNodeEndsTheOtherTellsAtOnce() throws Exception {
        var url = onSecond(FEED);
        var first = get(url, "?since=" + cursor);
        assertThat(FeedIT.sids(first)).containsExactly(beforeItJoined);

        var next = assertHeardOf(url, FeedIT.cursor(first), FEED.url());
        assertHeardOf(FEED.url(), next, url);
    }

    /** What one node has heard of a human the other knows: the first report at once, further ones soon. */
    @Test
    void aReportToOneNodeIsKnownToTheOther() {
        REALM.addUser("reporter", "R", "Eporter");
        var tokens = REALM.tokens().signIn("reporter");
        new ActivityRows(REALM, tokens.sessionId()).registered();

        assertThat(report(tokens)).isEqualTo(200);
        assertThat(lastActive(onSecond(REALM), tokens)).isEqualTo(lastActive(REALM.url(), tokens));

        assertThat(report(tokens)).isEqualTo(200);
        var reported = lastActive(REALM.url(), tokens);
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(lastActive(onSecond(REALM), tokens)).isEqualTo(reported));
    }

    /** Twenty sign-ins at once, to both nodes. */
    @Test
    void asManySessionsLiveAsAreAllowedWhicheverNodeMadeThem() throws Exception {
        var report = new LimitRaceReport();
        SessionLimitRaceIT.rounds(LIMITED, List.of(LIMITED.url(), onSecond(LIMITED)), report);
        report.write("session-limit-race-two-nodes.md");
    }

    /** Reports come to one node only, token refreshes of the same application to the other, which looks and sweeps as well. */
    @Test
    void oneNodeHearsOfAHumanAndTheOtherRefreshes() throws IOException {
        var times = new IdleTimes(IDLE);
        var there = new Tokens(onSecond(IDLE));
        var sweeps = sweepsOfSecond();
        var tokens = IDLE.tokens().signIn("staff");
        new ActivityRows(IDLE, tokens.sessionId()).registered();

        var begun = System.nanoTime();
        var lastReport = begun;
        while (since(begun).compareTo(LIMIT.multipliedBy(3)) < 0) {
            times.beat(tokens);
            lastReport = System.nanoTime();
            assertThat(there.refresh(tokens).status())
                    .as("after " + since(begun))
                    .isEqualTo(200);
            IdleTimes.nobodyIsThereFor(Duration.ofSeconds(1));
        }
        assertThat(sweepsOfSecond()).as("sweeps of the node without reports").isGreaterThan(sweeps);
        assertThat(times.ends("staff", tokens)).isEmpty();

        Awaitility.await("a refresh that is refused")
                .atMost(LIMIT.plus(IdleTimes.LATE))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> there.refresh(tokens).status() == 400);
        assertThat(since(lastReport)).isGreaterThan(LIMIT.minusSeconds(1));
        assertThat(times.awaitEnd("staff", tokens, IdleTimes.LATE).cause()).isEqualTo("IDLE_TIMEOUT");
        for (var node : List.of(IDLE.tokens(), there)) {
            assertThat(node.refresh(tokens).status()).isEqualTo(400);
            assertThat(node.introspect(tokens)).isFalse();
        }
        assertThat(times.ends("staff", tokens)).hasSize(1);
    }

    private static long sweepsOfSecond() throws IOException {
        var log = Objects.requireNonNull(Objects.requireNonNull(second).log());
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("sweep begins")).count();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static int report(TokenSet tokens) {
        return Http.bearer("POST", REALM.api("me/activity"), tokens.accessToken(), null)
                .status();
    }

    private static String lastActive(String realmUrl, TokenSet tokens) {
        return Http.bearer("GET", realmUrl + "/clinic-sessions/v1/me/sessions", tokens.accessToken(), null)
                .json()
                .at("/sessions/0/lastActiveAt")
                .asText();
    }

    private static void assertGone(TokenSet session) {
        for (var tokens : List.of(REALM.tokens(), onSecond())) {
            assertThat(tokens.introspect(session)).isFalse();
            assertThat(tokens.refresh(session).status()).isEqualTo(400);
        }
    }

    private static Tokens onSecond() {
        return new Tokens(onSecond(REALM));
    }

    private static String onSecond(TestRealm realm) {
        return Objects.requireNonNull(second).url() + "/realms/" + realm.name();
    }

    /** Answers the next cursor. */
    private static String assertHeardOf(String waitsAt, String cursor, String endsAt) throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> get(waitsAt, "?wait=25&since=" + cursor));
        Awaitility.await().during(Duration.ofMillis(700)).until(() -> !waiting.isDone());

        var sid = end(endsAt);
        var from = System.nanoTime();
        var answer = waiting.get(5, TimeUnit.SECONDS);

        assertThat(FeedIT.sids(answer)).containsExactly(sid);
        var took = Duration.ofNanos(System.nanoTime() - from);
        System.out.printf("the other server's waiter was answered %d ms after the end%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(1));
        return FeedIT.cursor(answer);
    }

    /** Ends a session at that server; answers its id. */
    private static String end(String realmUrl) {
        var tokens = new Tokens(realmUrl);
        var mine = tokens.signIn("staff");
        var other = tokens.signIn("staff");
        assertThat(Http.bearer(
                                "DELETE",
                                realmUrl + "/clinic-sessions/v1/me/sessions/" + other.sessionId(),
                                mine.accessToken(),
                                null)
                        .status())
                .isEqualTo(204);
        return other.sessionId();
    }

    private static Http.Answer get(String realmUrl, String query) {
        var token = new Tokens(realmUrl).serviceAccount().accessToken();
        return Http.send(
                "GET",
                realmUrl + "/clinic-sessions/v1/ended" + query,
                Map.of("Authorization", "Bearer " + token),
                null);
    }
}
