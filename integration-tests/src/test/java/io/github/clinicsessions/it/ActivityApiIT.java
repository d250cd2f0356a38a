package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clinicsessions.it.Http.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** REST {@code me/activity}: what a report moves and what it leaves, and what else counts as a human. */
class ActivityApiIT {

    private static final String LAB = "lab-app";
    private static final int IDLE = 1_800;
    private static final int AGE = 600;

    /** Requests take a while here. */
    private static final Offset<Long> SOME_SECONDS = within(30_000L);

    private static final Duration LOST_AT_MOST = Duration.ofSeconds(15);

    /** The idle time-out of the demo's JSON, without a rule of ours; a second application. */
    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(json -> {
        var app = StreamSupport.stream(json.path("clients").spliterator(), false)
                .filter(one -> one.path("clientId").asText().equals(Tokens.APP))
                .findFirst()
                .orElseThrow();
        json.withArray("clients").add(((ObjectNode) app.deepCopy()).put("clientId", LAB));
    });

    @Test
    void aReportCountsAndSwitchesItsClientOver() {
        var browser = new HttpBrowser();
        var app = signIn(browser, Tokens.APP, "staff");
        var lab = joinSilently(browser, LAB);
        assertThat(lab.sessionId()).isEqualTo(app.sessionId());
        var rows = new ActivityRows(REALM, app.sessionId());

        // Looking moves nothing.
        rows.age(AGE);
        var refreshed = rows.lastRefresh();
        var looked = ok(look(app));
        assertThat(looked.path("idleExpiresInMillis").asLong()).isCloseTo((IDLE - AGE) * 1_000L, SOME_SECONDS);
        assertThat(looked.path("idleTimeoutSeconds").asInt()).isEqualTo(IDLE);
        assertThat(looked.path("timeoutReason").asText()).isEqualTo("realm setting");
        assertThat(looked.path("reportSeconds").asInt()).isEqualTo(60);
        assertThat(instant(looked)).isEqualTo(instant(own(app)));
        assertThat(rows.lastRefresh()).isEqualTo(refreshed);
        assertThat(rows.lastBeat()).isZero();

        // As long as nobody reports, refreshes count.
        assertThat(refresh(Tokens.APP, app).status()).isEqualTo(200);
        assertThat(refresh(LAB, lab).status()).isEqualTo(200);
        assertThat(left(app)).isCloseTo(IDLE * 1_000L, SOME_SECONDS);

        // A report counts, is in the database at once, and Keycloak hears of it because it has not heard for long.
        rows.age(AGE);
        var before = System.currentTimeMillis();
        assertThat(ok(report(app)).path("idleExpiresInMillis").asLong()).isCloseTo(IDLE * 1_000L, SOME_SECONDS);
        assertThat(rows.lastBeat()).isGreaterThanOrEqualTo(before);
        assertThat(rows.reportingClients()).isEqualTo(idOf(Tokens.APP));
        assertThat(rows.lastRefresh()).isGreaterThanOrEqualTo(before / 1_000);
        assertThat(Instant.parse(own(app).path("lastActiveAt").asText()).toEpochMilli())
                .isEqualTo(rows.lastBeat());

        // From now on refreshes of that client do not.
        rows.age(AGE);
        assertThat(refresh(Tokens.APP, app).status()).isEqualTo(200);
        assertThat(rows.lastRefresh()).isCloseTo(System.currentTimeMillis() / 1_000, within(30L));
        assertThat(left(app)).isCloseTo((IDLE - AGE) * 1_000L, SOME_SECONDS);
        assertThat(instant(ok(look(app)))).isEqualTo(instant(own(app)));

        // Those of another client do.
        assertThat(refresh(LAB, lab).status()).isEqualTo(200);
        assertThat(left(app)).isCloseTo(IDLE * 1_000L, SOME_SECONDS);
        assertThat(left(lab)).isCloseTo(IDLE * 1_000L, SOME_SECONDS);

        // Both are switched over.
        assertThat(report(lab).status()).isEqualTo(200);
        assertThat(rows.reportingClients().split(",", -1)).containsExactlyInAnyOrder(idOf(Tokens.APP), idOf(LAB));
    }

    /** Its part of the session goes, and with it Keycloak's knowledge of when it was used. */
    @Test
    void whatAClientToldStaysWhenItsTokensAreRevoked() {
        var browser = new HttpBrowser();
        var app = signIn(browser, Tokens.APP, "nurse");
        var lab = joinSilently(browser, LAB);
        var rows = new ActivityRows(REALM, app.sessionId()).registered();
        assertThat(report(app).status()).isEqualTo(200);
        rows.age(AGE);
        assertThat(refresh(LAB, lab).status()).isEqualTo(200);

        assertThat(REALM.tokens().revoke(LAB, lab).status()).isEqualTo(200);

        assertThat(refresh(LAB, lab).status()).isEqualTo(400);
        assertThat(left(app)).isCloseTo(IDLE * 1_000L, SOME_SECONDS);

        // Refreshes of one that reports have told nothing.
        rows.age(AGE);
        var beat = rows.lastBeat();
        assertThat(refresh(Tokens.APP, app).status()).isEqualTo(200);
        assertThat(REALM.tokens().revoke(app).status()).isEqualTo(200);
        assertThat(rows.lastBeat()).as("or nothing is left of it").isIn(beat, 0L);
    }

    /** Somebody signs in and goes away without having touched the page. */
    @Test
    void aClientThatSaysThatItReportsIsSwitchedOverBeforeItDoes() {
        REALM.addUser("gone-away", "G", "One");
        var tokens = REALM.tokens().signIn("gone-away");
        var rows = new ActivityRows(REALM, tokens.sessionId()).registered();
        rows.age(AGE);
        var before = instant(ok(look(tokens)));

        var looked = ok(Http.bearer("GET", REALM.api("me/activity?guard=1"), tokens.accessToken(), null));

        assertThat(instant(looked)).as("moved nothing").isEqualTo(before);
        assertThat(rows.reportingClients()).isEqualTo(idOf(Tokens.APP));
        assertThat(refresh(Tokens.APP, tokens).status()).isEqualTo(200);
        assertThat(instant(ok(look(tokens)))).isEqualTo(before);
        assertThat(ok(report(tokens)).path("idleExpiresInMillis").asLong()).isCloseTo(IDLE * 1_000L, SOME_SECONDS);
    }

    @Test
    void aSessionThatIsOverIsNotRevived() {
        var tokens = REALM.tokens().signIn("nurse");
        var rows = new ActivityRows(REALM, tokens.sessionId()).registered();
        assertThat(report(tokens).status()).isEqualTo(200);
        rows.age(IDLE + 1);
        // Of the session only Keycloak's time is young, as with an application that refreshes and refreshes.
        REALM.server()
                .database()
                .update(
                        "update OFFLINE_USER_SESSION set LAST_SESSION_REFRESH = LAST_SESSION_REFRESH + ?"
                                + " where USER_SESSION_ID = ?",
                        IDLE + 1,
                        tokens.sessionId());
        var beat = rows.lastBeat();

        for (var answer : List.of(look(tokens), report(tokens), report(tokens))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(401);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }
        assertThat(rows.lastBeat()).as("or nothing is left of it").isIn(beat, 0L);
    }

    @Test
    void aBurstIsNoWriteEach() throws Exception {
        var sql = REALM.server().sqlLog();
        assumeTrue(sql.isPresent(), "a container's SQL is not logged");
        var tokens = REALM.tokens().signIn("staff");
        var rows = new ActivityRows(REALM, tokens.sessionId()).registered();
        assertThat(report(tokens).status()).isEqualTo(200);
        var last = new AtomicLong();

        var statements = sql.get().during(() -> {
            for (var i = 0; i < 20; i++) {
                last.set(System.currentTimeMillis());
                assertThat(report(tokens).status()).isEqualTo(200);
            }
        });

        assertThat(statements)
                .filteredOn(one -> !one.startsWith("select") || one.contains("for no key update"))
                .isEmpty();
        assertThat(statements)
                .filteredOn(one -> one.contains("CLINIC_LIVING_SESSION"))
                .hasSizeBetween(1, 20);
        Awaitility.await().atMost(LOST_AT_MOST).until(() -> rows.lastBeat() >= last.get());
    }

    @Test
    void whoComesBackIsThere() {
        var silent = new HttpBrowser();
        var ofSilent =
                new ActivityRows(REALM, signIn(silent, Tokens.APP, "doctor").sessionId());
        ofSilent.age(AGE);
        var human = new HttpBrowser();
        var ofHuman =
                new ActivityRows(REALM, signIn(human, Tokens.APP, "doctor").sessionId());
        ofHuman.age(AGE);

        joinSilently(silent, LAB);
        var joined = redeem(
                LAB,
                human.open(
                        REALM.tokens().signInUrl("openid", Map.of("client_id", LAB)),
                        REALM.tokens().callback()));

        Awaitility.await().atMost(LOST_AT_MOST).until(() -> ofHuman.lastBeat() > 0);
        assertThat(ofHuman.reportingClients()).isEmpty();
        assertThat(left(joined)).isCloseTo(IDLE * 1_000L, SOME_SECONDS);
        assertThat(ofSilent.lastBeat()).as("prompt=none is an application").isZero();
    }

    @Test
    void whoOpensOurPagesIsThereAndSwitchesNobodyOver() {
        var browser = new HttpBrowser();
        var app = signIn(browser, Tokens.APP, "staff");
        var rows = new ActivityRows(REALM, app.sessionId());
        rows.age(AGE);

        var before = System.currentTimeMillis();
        assertThat(browser.get(REALM.account("sessions")).status()).isEqualTo(200);

        Awaitility.await().atMost(LOST_AT_MOST).until(() -> rows.lastBeat() >= before);
        assertThat(rows.reportingClients()).isEmpty();
        assertThat(left(app)).isCloseTo(IDLE * 1_000L, SOME_SECONDS);

        rows.age(AGE);
        assertThat(refresh(Tokens.APP, app).status()).isEqualTo(200);
        assertThat(left(app)).as("refreshes still count").isCloseTo(IDLE * 1_000L, SOME_SECONDS);
    }

    @Test
    void theOwnersListKnowsIt() {
        REALM.addUser("listed", "L", "Isted");
        var tokens = REALM.tokens().signIn("listed");
        var rows = new ActivityRows(REALM, tokens.sessionId()).registered();
        assertThat(report(tokens).status()).isEqualTo(200);
        var owner = REALM.tokens().signIn("owner");

        var member = Http.bearer("GET", REALM.api("staff?search=listed"), owner.accessToken(), null)
                .json()
                .at("/staff/0");

        assertThat(Instant.parse(member.path("lastActiveAt").asText()).toEpochMilli())
                .isEqualTo(rows.lastBeat());
    }

    @Test
    void onlyWhoIsSignedInOnlineMayCall() {
        var url = REALM.api("me/activity");
        var staff = REALM.tokens().signIn("staff");
        for (var method : List.of("GET", "POST")) {
            assertThat(Http.send(method, url, Map.of(), null).status()).isEqualTo(401);
            assertThat(Http.bearer(method, url, "garbage", null).status()).isEqualTo(401);
            assertThat(Http.bearer(method, url, "e30.e30.e30", null).status()).isEqualTo(401);
            assertThat(Http.bearer(method, url, "e30.bnVsbA.e30", null).status())
                    .isEqualTo(401);
            assertThat(Http.bearer(method, url, staff.refreshToken(), null).status())
                    .isEqualTo(401);
            assertThat(Http.bearer(method, url, staff.idToken(), null).status()).isEqualTo(401);
            assertThat(Http.bearer(method, url, REALM.server().adminToken(), null)
                            .status())
                    .isEqualTo(401);
            assertThat(Http.send(method, url, Map.of("Authorization", "Basic c3RhZmY6c3RhZmY="), null)
                            .status())
                    .isEqualTo(401);
            assertThat(Http.bearer(method, url, REALM.tokens().serviceAccount().accessToken(), null)
                            .status())
                    .isIn(401, 403);
        }
        // A direct grant for offline access leaves no online session.
        var offline = REALM.tokens().signInOffline("nurse");
        assertThat(look(offline).status()).isEqualTo(409);
        assertThat(report(offline).status()).isEqualTo(409);
        assertThat(report(offline).header("Content-Type")).startsWith("application/problem+json");

        assertThat(REALM.tokens().signOut(staff).status()).isEqualTo(204);
        assertThat(look(staff).status()).isEqualTo(401);
        assertThat(report(staff).status()).isEqualTo(401);
    }

    @Test
    void browsersOfAllowedOriginsMayCallAndAllMayReadThatASessionIsOver() {
        var url = REALM.api("me/activity");
        var preflight = Http.send(
                "OPTIONS",
                url,
                Map.of("Origin", "http://localhost:3000", "Access-Control-Request-Method", "POST"),
                null);
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization");

        var tokens = REALM.tokens().signIn("staff");
        for (var method : List.of("GET", "POST")) {
            var allowed = Http.send(method, url, from("http://localhost:3000", tokens.accessToken()), null);
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
            assertThat(allowed.header("Cache-Control")).isEqualTo("no-store");
            var foreign = Http.send(method, url, from("https://evil.example", tokens.accessToken()), null);
            assertThat(foreign.status()).isEqualTo(403);
            assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
            var over = Http.send(method, url, from("https://app.example", "garbage"), null);
            assertThat(over.status()).isEqualTo(401);
            assertThat(over.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
            assertThat(over.header("Access-Control-Allow-Credentials")).isEqualTo("false");
        }
    }

    private static Map<String, String> from(String origin, String token) {
        return Map.of("Origin", origin, "Authorization", "Bearer " + token);
    }

    private static Answer look(TokenSet tokens) {
        return Http.bearer("GET", REALM.api("me/activity"), tokens.accessToken(), null);
    }

    private static Answer report(TokenSet tokens) {
        return Http.bearer("POST", REALM.api("me/activity"), tokens.accessToken(), null);
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static long left(TokenSet tokens) {
        return ok(look(tokens)).path("idleExpiresInMillis").asLong();
    }

    private static Instant instant(JsonNode json) {
        return Instant.parse(json.path("idleExpiresAt").asText());
    }

    /** Its own session, in the person's list. */
    private static JsonNode own(TokenSet tokens) {
        return ok(Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null))
                .at("/sessions/0");
    }

    private static TokenSet signIn(HttpBrowser browser, String clientId, String username) {
        return redeem(
                clientId,
                browser.signIn(
                        REALM.tokens().signInUrl("openid", Map.of("client_id", clientId)),
                        REALM.tokens().callback(),
                        username));
    }

    private static TokenSet joinSilently(HttpBrowser browser, String clientId) {
        return redeem(
                clientId,
                browser.get(REALM.tokens().signInUrl("openid", Map.of("client_id", clientId, "prompt", "none"))));
    }

    private static TokenSet redeem(String clientId, Answer answer) {
        var code = Arrays.stream(
                        String.valueOf(URI.create(answer.header("Location")).getRawQuery())
                                .split("&", -1))
                .filter(parameter -> parameter.startsWith("code="))
                .map(parameter -> parameter.substring("code=".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no code: " + answer.status() + " " + answer.body()));
        return REALM.tokens().redeem(clientId, code);
    }

    private static Answer refresh(String clientId, TokenSet tokens) {
        return REALM.tokens().refresh(clientId, tokens);
    }

    private static String idOf(String clientId) {
        return REALM.admin().clients().findByClientId(clientId).get(0).getId();
    }
}
