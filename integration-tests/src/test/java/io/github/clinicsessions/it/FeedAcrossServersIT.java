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

/** Two servers on one database that know nothing of each other: one feed, one cursor. */
class FeedAcrossServersIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @Test
    void whatOneServerEndsTheOtherTellsAtOnceAndACursorIsGoodOnBoth() throws Exception {
        var before = end(REALM.url());
        var cursor = FeedIT.cursor(Awaitility.await()
                .until(() -> get(REALM.url(), ""), one -> FeedIT.sids(one).contains(before)));
        var whileAway = end(REALM.url());

        var another = REALM.server().another();
        assumeTrue(another.isPresent(), "no second server here");
        try (var other = another.get()) {
            var url = other.url() + "/realms/" + REALM.name();
            var atStart = get(url, "?since=" + cursor);
            assertThat(FeedIT.sids(atStart))
                    .as("a server that has just started")
                    .containsExactly(whileAway);

            assertHeardOf(url, FeedIT.cursor(atStart), REALM.url());
            var next = FeedIT.cursor(get(url, "?since=" + FeedIT.cursor(atStart)));
            assertHeardOf(REALM.url(), next, url);
        }
    }

    private static void assertHeardOf(String waitsAt, String cursor, String endsAt) throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> get(waitsAt, "?wait=25&since=" + cursor));
        Awaitility.await().during(Duration.ofMillis(700)).until(() -> !waiting.isDone());

        var sid = end(endsAt);
        var from = System.nanoTime();
        var answer = waiting.get(5, TimeUnit.SECONDS);

        assertThat(FeedIT.sids(answer)).containsExactly(sid);
        var took = Duration.ofNanos(System.nanoTime() - from);
        System.out.printf("the other server's waiter was answered %d ms after the end%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(1));
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
