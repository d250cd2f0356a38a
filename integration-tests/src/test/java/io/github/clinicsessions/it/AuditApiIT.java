package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REST {@code audit} and {@code audit.csv}: which rows an owner is told, and what of them. */
class AuditApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    private static OwnersApi north = new OwnersApi(REALM, new TokenSet("", "", ""));
    private static Instant began = Instant.EPOCH;

    /** One row of a start and one of an end of each: staff of north, of south, and staff of north who has opted out. */
    @BeforeAll
    static void thingsHappen() {
        began = Instant.now().minusSeconds(1);
        var organizations = new Organizations(REALM);
        REALM.addUser("north-hidden", "H", "Idden");
        organizations.join("north", "north-hidden");
        var user = REALM.user("north-hidden").toRepresentation();
        user.setAttributes(Map.of("sessionVisibility", List.of("private")));
        REALM.user("north-hidden").update(user);
        for (var name : List.of("north-nurse", "south-staff", "north-hidden")) {
            REALM.tokens().signOut(REALM.tokens().signIn(name));
            REALM.ledger().await(REALM.id(), REALM.userId(name), rows -> rows.size() == 2);
        }
    }

    @BeforeEach
    void anOwnerAsks() {
        north = OwnersApi.of(REALM, "north-owner");
    }

    @Test
    void seesTheRowsOfTheirClinicNewestFirst() {
        var rows = rows("max=100");

        assertThat(rows.findValuesAsText("username"))
                .contains("north-nurse")
                .doesNotContain("south-staff", "north-hidden");
        assertThat(open(rows).stream()
                        .map(row -> Instant.parse(row.path("occurredAt").asText()))
                        .toList())
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        var ended = rows("cause=SIGNED_OUT&user=" + REALM.userId("north-nurse"));
        assertThat(ended).hasSize(1);
        var row = ended.get(0);
        assertThat(row.path("action").asText()).isEqualTo("SESSION_ENDED");
        assertThat(row.path("masked").asBoolean(true)).isFalse();
        assertThat(row.path("userId").asText()).isEqualTo(REALM.userId("north-nurse"));
        assertThat(row.path("actorType").asText()).isEqualTo("SELF");
        assertThat(row.path("actorName").asText()).isEqualTo("north-nurse");
        assertThat(row.path("ipAddress").asText()).isEqualTo("127.0.0.1");
        assertThat(row.path("details").isObject()).isTrue();
    }

    @Test
    void ofWhoHasOptedOutARowIsMasked() {
        var masked = maskedOf(rows("max=100"));

        assertThat(masked).isNotEmpty();
        for (var row : masked) {
            assertThat(row.path("occurredAt").asText()).as("the day only").matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
            for (var field : List.of(
                    "id",
                    "userId",
                    "username",
                    "sessionRef",
                    "actorId",
                    "actorName",
                    "device",
                    "ipAddress",
                    "country",
                    "details")) {
                assertThat(row.has(field)).isTrue();
                assertThat(row.path(field).isNull()).as(field).isTrue();
            }
        }
        assertThat(north.get("audit?max=100").body()).doesNotContain("north-hidden", REALM.userId("north-hidden"));
    }

    @Test
    void noFilterFindsWhoHasOptedOut() {
        var answer = north.get("audit?user=" + REALM.userId("north-hidden"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(Http.parse("{\"rows\":[],\"hasMore\":false}"));
        assertThat(north.get("audit.csv?user=" + REALM.userId("north-hidden"))
                        .body()
                        .lines())
                .as("the header")
                .hasSize(1);
    }

    @Test
    void whoIsNotOverseenIsAsWhoeverDoesNotExist() {
        for (var user : List.of(REALM.userId("south-staff"), "nobody", "f:x")) {
            var answer = north.get("audit?user=" + user);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(Http.parse("{\"rows\":[],\"hasMore\":false}"));
        }
    }

    @Test
    void whoeverIsGoneIsFoundByTheirId() {
        var id = REALM.addUser("north-leaver", "Lea", "Ver");
        new Organizations(REALM).join("north", "north-leaver");
        REALM.tokens().signIn("north-leaver");
        Awaitility.await().untilAsserted(() -> assertThat(rows("user=" + id)).isNotEmpty());

        REALM.admin().users().delete(id).close();

        Awaitility.await()
                .untilAsserted(() -> assertThat(rows("user=" + id))
                        .extracting(row -> row.path("cause").asText(""))
                        .contains("USER_DELETED"));
    }

    @Test
    void filtersByTime() {
        var all = open(rows("max=100"));
        var later = Instant.now().plusSeconds(60);

        assertThat(maskedOf(rows("max=100&from=" + began)))
                .as("a time tells nothing of them")
                .isEmpty();
        assertThat(maskedOf(rows("max=100&from=" + began.truncatedTo(ChronoUnit.DAYS))))
                .isNotEmpty();
        assertThat(rows("max=100&from=" + began)).hasSameSizeAs(all);
        assertThat(rows("max=100&from=" + later)).isEmpty();
        assertThat(rows("max=100&to=" + began)).isEmpty();
        assertThat(rows("max=100&to=" + later + "&from=")).hasSameSizeAs(all);
    }

    @Test
    void howFullAPageIsTellsNoTimeOfWhoHidesNow() {
        REALM.addUser("north-hides", "H", "Ides");
        new Organizations(REALM).join("north", "north-hides");
        REALM.tokens().signOut(REALM.tokens().signIn("north-hides"));
        // Of an end, which has milliseconds: starts have whole seconds, which others share.
        var ended = "cause=SIGNED_OUT&user=" + REALM.userId("north-hides");
        Awaitility.await().untilAsserted(() -> assertThat(rows(ended)).hasSize(1));
        var from = rows(ended).get(0).path("occurredAt").asText();
        var user = REALM.user("north-hides").toRepresentation();
        user.setAttributes(Map.of("sessionVisibility", List.of("private")));
        REALM.user("north-hides").update(user);

        var to = Instant.parse(from).plusMillis(1);
        var page = "audit?cause=SIGNED_OUT&max=1&from=" + from + "&to=" + to;
        var answer = north.get(page);

        assertThat(answer.json()).isEqualTo(Http.parse("{\"rows\":[],\"hasMore\":false}"));
        assertThat(north.get(page + "&first=1").json()).isEqualTo(answer.json());
    }

    @Test
    void givesPages() {
        var all = open(rows("max=100&to=" + Instant.now()));
        var to = all.get(0).path("occurredAt").asText(); // before it: nothing new comes in between
        var older = north.get("audit?max=100&to=" + to).json().path("rows");

        var first = north.get("audit?max=1&to=" + to).json();
        var second = north.get("audit?max=1&first=1&to=" + to).json();

        assertThat(first.path("hasMore").asBoolean()).isTrue();
        assertThat(first.at("/rows/0")).isEqualTo(older.get(0));
        assertThat(second.at("/rows/0")).isEqualTo(older.get(1));
        var last =
                north.get("audit?max=100&first=" + older.size() + "&to=" + to).json();
        assertThat(last).isEqualTo(Http.parse("{\"rows\":[],\"hasMore\":false}"));
    }

    @Test
    void asAFile() {
        var answer = north.get("audit.csv?from=" + began);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT))
                .startsWith("text/csv")
                .contains("charset=utf-8");
        assertThat(answer.header("Content-Disposition")).contains("attachment", ".csv");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).startsWith("occurredAt,action,").endsWith("\r\n");
        assertThat(answer.body()).contains("north-nurse").doesNotContain("south-staff", "north-hidden");
        assertThat(answer.body().lines().count())
                .isGreaterThanOrEqualTo(rows("max=100&from=" + began).size());
        assertThat(north.get("audit.csv?bom=true").body()).startsWith("\uFEFFoccurredAt");
        assertThat(north.get("audit.csv?cause=PASSWORD_CHANGED").body().lines()).hasSize(1);
    }

    @Test
    void whatTheOwnerDoesIsThere() {
        REALM.tokens().signIn("north-staff");
        north.post("staff/" + REALM.userId("north-staff") + "/sessions/end", "{\"scope\":\"all\"}");

        var row =
                rows("cause=ENDED_BY_OWNER&user=" + REALM.userId("north-staff")).get(0);

        assertThat(row.path("actorType").asText()).isEqualTo("OWNER");
        assertThat(row.path("actorId").asText()).isEqualTo(REALM.userId("north-owner"));
        assertThat(row.path("actorName").asText()).isEqualTo("north-owner");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=yesterday|from",
                "from=2026-01-31|from",
                "to=%2B1000000000-12-31T23:59:59Z|to",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|to",
                "cause=idle|cause",
                "first=-1|first",
                "first=1000001|first",
                "max=0|max",
                "max=101&from=x&cause=y|max from cause",
            })
    void badInputIsNamed(String query, String fields) {
        var answer = north.get("audit?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder(fields.split(" "));
    }

    @Test
    void theFileRefusesBadInputBeforeItBegins() {
        var answer = north.get("audit.csv?bom=1&cause=x");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("errors")).hasSize(2);
    }

    private static List<JsonNode> maskedOf(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("masked").asBoolean())
                .toList();
    }

    private static List<JsonNode> open(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> !row.path("masked").asBoolean())
                .toList();
    }

    private static JsonNode rows(String query) {
        Answer answer = north.get("audit?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("rows");
    }
}
