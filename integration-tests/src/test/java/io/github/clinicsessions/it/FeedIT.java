package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REST {@code ended}: what it tells, and where it begins and ends. */
class FeedIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm STOCK = TestRealm.stock();

    private static final String OF_NO_FEED = "0000000000000000-0";

    private final FeedRows rows = new FeedRows(REALM);
    private String token = "";

    @BeforeEach
    void nothingHasEnded() {
        rows.clear();
        token = REALM.tokens().serviceAccount().accessToken();
        // what the server knows of the realm's head may be a moment old
        Awaitility.await().until(() -> cursor(ended("")).equals(OF_NO_FEED));
    }

    @Test
    void tellsWhatHasEndedInItsOrderOnce() {
        var userId = REALM.userId("staff");
        var before = System.currentTimeMillis();
        var first = rows.add(userId);
        var second = rows.add(userId);

        var all = await("");

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.header("Content-Type")).startsWith("application/json");
        assertThat(all.header("Cache-Control")).isEqualTo("no-store");
        assertThat(sids(all)).containsExactly(first, second);
        var entry = all.json().path("ended").get(0);
        assertThat(entry.path("sub").asText()).isEqualTo(userId);
        assertThat(entry.path("endedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(entry.path("endedAt").asText()).toEpochMilli()).isBetween(before, before + 10_000);
        assertThat(entry.size()).isEqualTo(3);
        assertThat(all.json().size()).isEqualTo(2);

        var next = ended(cursor(all));
        assertThat(sids(next)).isEmpty();
        assertThat(cursor(next)).isEqualTo(cursor(all));

        var third = rows.add(userId);
        assertThat(sids(await(cursor(all)))).containsExactly(third);
    }

    @Test
    void theCursorOfAnEmptyFeedIsGoodForWhateverComes() {
        var empty = ended("");
        assertThat(sids(empty)).isEmpty();
        assertThat(ended(cursor(empty)).status()).isEqualTo(200);

        var first = rows.add(REALM.userId("staff"));

        assertThat(sids(await(cursor(empty)))).containsExactly(first);
    }

    @Test
    void manyComeInPagesWithoutAGap() {
        rows.addMany(REALM.userId("staff"), "s-", 2_345);

        var sids = new ArrayList<String>();
        var pages = new ArrayList<Integer>();
        var page = await("");
        while (!sids(page).isEmpty()) {
            pages.add(sids(page).size());
            sids.addAll(sids(page));
            page = ended(cursor(page));
        }

        assertThat(pages).containsExactly(1_000, 1_000, 345);
        assertThat(sids)
                .hasSize(2_345)
                .doesNotHaveDuplicates()
                .startsWith("s-0", "s-1")
                .endsWith("s-2344");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "7",
                "0000000000000000-1",
                "0123456789abcdef-0",
                "-",
                "0000000000000000-99999999999999999999"
            })
    void aCursorOfNoFeedIsRefused(String since) {
        rows.add(REALM.userId("staff"));

        assertBadField(ended(since), "since", "begin again without it");
    }

    @Test
    void aCursorBeyondTheEndOrOfAnotherTimeIsRefused() {
        rows.add(REALM.userId("staff"));
        var cursor = cursor(await(""));

        assertBadField(ended(cursor + "0"), "since", "begin again without it");

        rows.beginAnew();
        Awaitility.await().until(() -> ended(cursor).status() == 400);
        assertThat(sids(ended(""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26", "-1", "1.5", "x", "99999999999", "+1", "%201"})
    void waitIsAWholeNumberOfSecondsUpTo25(String wait) {
        assertBadField(get(REALM, token, "?wait=" + wait, Map.of()), "wait", "0 to 25");
    }

    @Test
    void emptyParametersCountAsAbsent() {
        var sid = rows.add(REALM.userId("staff"));

        assertThat(sids(await(""))).containsExactly(sid);
        assertThat(sids(get(REALM, token, "?since=&wait=", Map.of()))).containsExactly(sid);
    }

    @Test
    void whatIsKeptNoLongerIsDeletedAndTheCursorStaysGood() {
        var cursor = cursor(ended(""));
        rows.add(
                REALM.userId("staff"),
                "kept",
                System.currentTimeMillis() - 200_000,
                System.currentTimeMillis() + 3_000);
        var last = cursor(await(cursor));

        Awaitility.await().until(() -> sids(ended("")).isEmpty());

        assertThat(cursor(ended(last))).isEqualTo(last);
        var next = rows.add(REALM.userId("staff"));
        assertThat(sids(await(last))).containsExactly(next);
    }

    @Test
    void aRealSessionThatEndsIsInTheFeed() {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        var cursor = cursor(ended(""));

        var before = System.currentTimeMillis();
        assertThat(Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null)
                        .status())
                .isEqualTo(204);

        var answer = ended(cursor);
        assertThat(sids(answer)).containsExactly(other.sessionId());
        var entry = answer.json().path("ended").get(0);
        assertThat(entry.path("sub").asText())
                .isEqualTo(other.claims().path("sub").asText());
        assertThat(Instant.parse(entry.path("endedAt").asText()).toEpochMilli())
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void anotherRealmsEndsAreNotTold() {
        new FeedRows(STOCK).add(STOCK.userId("staff"));

        assertThat(sids(ended(""))).isEmpty();
    }

    @Test
    void answersCarryKeycloaksSecurityHeadersWhetherTheyCameAtOnceOrLater() {
        var others = Http.get(REALM.api("me/sessions"));
        for (var query : List.of("", "?wait=1&since=" + cursor(ended("")), "?wait=x")) {
            var answer = get(REALM, token, query, Map.of());
            for (var name : List.of("X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security")) {
                assertThat(answer.headers().allValues(name))
                        .as(name)
                        .isEqualTo(others.headers().allValues(name))
                        .hasSize(1);
            }
        }
    }

    @Test
    void whoTakesNeitherJsonNorJwtIsRefused() {
        var answer = get(REALM, token, "", Map.of("Accept", "text/html"));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    /** Until the server, whose knowledge may be a moment old, has something after the cursor. */
    private Answer await(String since) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> ended(since), answer -> !sids(answer).isEmpty());
    }

    private Answer ended(String since) {
        return get(REALM, token, since.isEmpty() ? "" : "?since=" + since, Map.of());
    }

    static Answer get(TestRealm realm, String token, String query, Map<String, String> further) {
        var headers = new TreeMap<>(Map.of("Authorization", "Bearer " + token));
        headers.putAll(further);
        return Http.send("GET", realm.api("ended") + query, headers, null);
    }

    static String cursor(Answer answer) {
        return answer.json().path("cursor").asText();
    }

    static List<String> sids(Answer answer) {
        return StreamSupport.stream(answer.json().path("ended").spliterator(), false)
                .map(entry -> entry.path("sid").asText())
                .toList();
    }

    private static void assertBadField(Answer answer, String field, String message) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.json().at("/errors/0/message").asText()).contains(message);
    }
}
