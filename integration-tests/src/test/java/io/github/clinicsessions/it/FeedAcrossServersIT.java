package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes of a cluster, and one that is killed and begins again: one feed, and a cursor is good for all of them. */
class FeedAcrossServersIT {

    @RegisterExtension
    static final TestRealm REALM =
            TestRealm.clinic().on(ServerOptions.named("feed-nodes").asCluster());

    @Test
    void whatOneNodeEndsTheOtherTellsAtOnce() throws Exception {
        var last = end(REALM.url());
        var cursor = FeedIT.cursor(Awaitility.await()
                .until(() -> get(REALM.url(), ""), one -> FeedIT.sids(one).contains(last)));
        var beforeItJoined = end(REALM.url());

        var joined = REALM.server().second();
        assumeTrue(joined.isPresent(), "no second node here");
        try (var second = joined.get()) {
            var url = second.url() + "/realms/" + REALM.name();
            var first = get(url, "?since=" + cursor);
            assertThat(FeedIT.sids(first)).containsExactly(beforeItJoined);

            var next = assertHeardOf(url, FeedIT.cursor(first), REALM.url());
            assertHeardOf(REALM.url(), next, url);
        }
    }

    @Test
    void aRestartLosesNothing() {
        var process = REALM.server().process();
        assumeTrue(process.isPresent(), "a container is not killed");
        var before = end(REALM.url());
        var all = Awaitility.await()
                .until(() -> get(REALM.url(), ""), one -> FeedIT.sids(one).contains(before));
        var unread = end(REALM.url());

        process.get().kill();
        process.get().restart();

        var next = get(REALM.url(), "?since=" + FeedIT.cursor(all));
        assertThat(FeedIT.sids(next)).containsExactly(unread);
        assertThat(FeedIT.sids(get(REALM.url(), ""))).contains(before, unread);
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
