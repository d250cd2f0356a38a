package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REST {@code me/sessions}: what it tells, what it ends, whom it refuses. */
class MySessionsApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static final String SAFARI = Device.SAFARI_ON_IPHONE.userAgent();

    @BeforeEach
    void nobodyIsSignedIn() {
        REALM.admin().logoutAll();
        REALM.admin()
                .users()
                .list()
                .forEach(user -> REALM.user(user.getUsername()).logout());
    }

    @Test
    void listsTheSessionsOfThePersonAndNobodyElses() {
        var phone = REALM.tokens().signIn("staff", SAFARI);
        var desk = REALM.tokens().signIn("staff", Device.FIREFOX_ON_WINDOWS.userAgent());
        REALM.tokens().signIn("nurse");

        var sessions = list(desk);

        assertThat(ids(sessions)).containsExactly(desk.sessionId(), phone.sessionId());
        var current = sessions.get(0);
        assertThat(current.path("current").asBoolean()).isTrue();
        assertThat(current.path("offline").asBoolean()).isFalse();
        assertThat(current.at("/device/label").asText()).isEqualTo("Firefox on Windows");
        assertThat(current.at("/device/type").asText()).isEqualTo("desktop");
        assertThat(current.at("/device/id").isNull()).isTrue();
        assertThat(current.path("ipAddress").asText()).isEqualTo("127.0.0.1");
        assertThat(current.path("country").isNull()).isTrue();
        assertThat(current.path("impersonator").isNull()).isTrue();
        assertThat(current.at("/clients/0/clientId").asText()).isEqualTo(Tokens.APP);
        assertThat(current.at("/clients/0/name").asText()).isEqualTo("Clinic app");
        assertThat(current.path("marks")).isEmpty();
        assertThat(sessions.get(1).at("/device/label").asText()).isEqualTo("Safari on iPhone");
        assertThat(sessions.get(1).at("/device/type").asText()).isEqualTo("mobile");
        assertThat(sessions.get(1).path("current").asBoolean()).isFalse();
    }

    @Test
    void saysWhenItEndsByItself() {
        var session = list(REALM.tokens().signIn("staff")).get(0);

        var started = Instant.parse(session.path("startedAt").asText());
        var active = Instant.parse(session.path("lastActiveAt").asText());
        // Keycloak's own times are whole seconds, the last activity may be known to the millisecond
        assertThat(Instant.parse(session.path("idleExpiresAt").asText()))
                .isBetween(active.plusSeconds(1799), active.plusSeconds(1800));
        assertThat(Instant.parse(session.path("expiresAt").asText())).isEqualTo(started.plusSeconds(43200));
    }

    @Test
    void aSessionPastItsIdleTimeIsNotListed() {
        var old = REALM.tokens().signInOffline("staff");
        REALM.update(realm -> realm.setOfflineSessionIdleTimeout(1));
        try {
            Awaitility.await().until(() -> REALM.tokens().refresh(old).status() == 400);

            assertThat(ids(list(REALM.tokens().signIn("staff")))).doesNotContain(old.sessionId());
        } finally {
            REALM.update(realm -> realm.setOfflineSessionIdleTimeout(2592000));
        }
    }

    @Test
    void onlineAndOfflineOfOneIdAreOneRow() {
        var offline = REALM.tokens().signInOffline("staff");
        var online = REALM.tokens().signIn("staff");

        var sessions = list(online);

        assertThat(ids(sessions)).containsExactly(online.sessionId(), offline.sessionId());
        assertThat(sessions.get(1).path("offline").asBoolean()).isTrue();
        assertThat(sessions.get(1).path("marks")).extracting(JsonNode::asText).containsExactly("OFFLINE_ACCESS");
        assertThat(sessions.get(1).path("expiresAt").isNull()).isTrue();
    }

    @Test
    void aSessionThatAnAdministratorOpenedSaysSo() {
        assertThat(REALM.impersonate("doctor")).isEqualTo(200);

        var sessions = list(REALM.tokens().signIn("doctor"));

        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(1).path("impersonator").asText()).isEqualTo("admin");
        assertThat(sessions.get(1).path("marks")).extracting(JsonNode::asText).containsExactly("IMPERSONATED");
        assertThat(sessions.get(0).path("impersonator").isNull()).isTrue();
    }

    @Test
    void endsOneSessionWithEverythingThatHangsOnIt() {
        var kept = REALM.tokens().signIn("staff");
        var ended = REALM.tokens().signIn("staff");
        assertThat(REALM.tokens().introspect(ended)).isTrue();

        assertThat(end(kept, ended.sessionId()).status()).isEqualTo(204);

        assertIsOut(ended);
        assertThat(REALM.tokens().introspect(kept)).isTrue();
        assertThat(ids(list(kept))).containsExactly(kept.sessionId());
    }

    @Test
    void endsOfflineAccessToo() {
        var kept = REALM.tokens().signIn("staff");
        var offline = REALM.tokens().signInOffline("staff");

        assertThat(end(kept, offline.sessionId()).status()).isEqualTo(204);

        assertIsOut(offline);
        assertThat(ids(list(kept))).containsExactly(kept.sessionId());
    }

    @Test
    void endingAgainIsFine() {
        var kept = REALM.tokens().signIn("staff");
        var ended = REALM.tokens().signIn("staff");

        assertThat(end(kept, ended.sessionId()).status()).isEqualTo(204);
        assertThat(end(kept, ended.sessionId()).status()).isEqualTo(204);
    }

    @Test
    void anothersSessionIsNotFoundAndLives() {
        var mine = REALM.tokens().signIn("staff");
        var nurse = REALM.tokens().signIn("nurse");

        var answer = end(mine, nurse.sessionId());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo(end(mine, "AAAAAAAAAAAAAAAAAAAAAAAA").body());
        assertThat(REALM.tokens().introspect(nurse)).isTrue();

        assertThat(end(nurse, nurse.sessionId()).status()).isEqualTo(204);
        assertThat(end(mine, nurse.sessionId()).status())
                .as("that it was ended by its owner does not make it mine")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%20b",
                "%3Cscript%3E",
                "a%0Ab",
                "%00",
                "..%3Bx",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anImpossibleIdIsRefusedByName(String id) {
        var answer = end(REALM.tokens().signIn("staff"), id);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("id");
        assertThat(answer.json().at("/errors/0/message").asText()).contains("64");
    }

    @Test
    void endsTheOthers() {
        var kept = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        var offline = REALM.tokens().signInOffline("staff");
        var nurse = REALM.tokens().signIn("nurse");

        var answer = post(kept, "{\"scope\":\"others\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("ended").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/receipt/sessions").asInt()).isEqualTo(2);
        assertIsOut(other);
        assertIsOut(offline);
        assertThat(REALM.tokens().introspect(kept)).isTrue();
        assertThat(REALM.tokens().introspect(nurse)).isTrue();
        assertThat(post(kept, "{\"scope\":\"others\"}").json()).isEqualTo(Http.parse("{\"ended\":0,\"receipt\":null}"));
    }

    @Test
    void endsAll() {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");

        var answer = post(mine, "{\"scope\":\"all\"}").json();

        assertThat(answer.path("ended").asInt()).isEqualTo(2);
        assertThat(answer.at("/receipt/sessions").asInt()).isEqualTo(2);
        assertThat(answer.at("/receipt/applications/0/clientId").asText()).isEqualTo(Tokens.APP);
        assertIsOut(mine);
        assertIsOut(other);
        assertThat(REALM.sessionCount("staff")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{}|scope", "{\"scope\":\"x\"}|scope", "{\"scope\":\"all\",\"x\":1}|x", "[1]|body", "{|body"})
    void badInputNamesItsFieldAndEndsNothing(String body, String field) {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");

        var answer = post(mine, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(REALM.tokens().introspect(other)).isTrue();
    }

    @Test
    void answersAreNotStored() {
        var mine = REALM.tokens().signIn("staff");

        assertThat(get(mine).header("Cache-Control")).isEqualTo("no-store");
        assertThat(end(mine, "x").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void withoutATokenThereIsNothing() {
        var answer = Http.get(REALM.api("me/sessions"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(Http.bearer("GET", REALM.api("me/sessions"), "garbage", null).status())
                .isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherRealmIsRefused() {
        var answer = Http.bearer("GET", REALM.api("me/sessions"), REALM.server().adminToken(), null);

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void aServiceAccountIsRefused() {
        var answer = get(REALM.tokens().serviceAccount());

        assertThat(answer.status()).isIn(401, 403);
    }

    @Test
    void withoutManageAccountOneMaySeeButNotEnd() {
        REALM.addUser("viewer", "Vera", "Viewer");
        REALM.onlyAccountRole("viewer", "view-profile");
        var viewer = REALM.tokens().signIn("viewer");

        assertThat(get(viewer).status()).isEqualTo(200);
        assertThat(end(viewer, viewer.sessionId()).status()).isEqualTo(403);
        assertThat(post(viewer, "{\"scope\":\"all\"}").status()).isEqualTo(403);
        assertThat(REALM.tokens().introspect(viewer)).isTrue();

        REALM.onlyAccountRole("viewer", null);
        assertThat(get(viewer).status())
                .as("the token still carries the role, the person no longer has it")
                .isEqualTo(403);
    }

    @Test
    void aTokenWithoutTheAudienceAccountIsRefused() {
        var mine = REALM.tokens().signIn("staff", "openid", Map.of());
        var app = REALM.admin().clients().findByClientId(Tokens.APP).get(0);
        app.setFullScopeAllowed(false);
        REALM.admin().clients().get(app.getId()).update(app);
        try {
            var narrow = REALM.tokens().signIn("staff");

            assertThat(get(narrow).status()).isEqualTo(401);
            assertThat(get(mine).status()).isEqualTo(200);
        } finally {
            app.setFullScopeAllowed(true);
            REALM.admin().clients().get(app.getId()).update(app);
        }
    }

    @Test
    void browsersOfAllowedOriginsMayCall() {
        var preflight = Http.send(
                "OPTIONS",
                REALM.api("me/sessions/abc"),
                Map.of("Origin", "http://localhost:3000", "Access-Control-Request-Method", "DELETE"),
                null);
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("DELETE");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization");

        var mine = REALM.tokens().signIn("staff");
        var allowed = Http.send(
                "GET",
                REALM.api("me/sessions"),
                Map.of("Origin", "http://localhost:3000", "Authorization", "Bearer " + mine.accessToken()),
                null);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
        var foreign = Http.send(
                "GET",
                REALM.api("me/sessions"),
                Map.of("Origin", "https://evil.example", "Authorization", "Bearer " + mine.accessToken()),
                null);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private static void assertIsOut(TokenSet tokens) {
        assertThat(REALM.tokens().introspect(tokens)).isFalse();
        assertThat(REALM.tokens().userinfo(tokens).status()).isEqualTo(401);
        assertThat(REALM.tokens().account("GET", "", tokens).status()).isEqualTo(401);
        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(400);
        assertThat(get(tokens).status()).isEqualTo(401);
    }

    private static Answer get(TokenSet tokens) {
        return Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null);
    }

    private static Answer end(TokenSet tokens, String id) {
        return Http.bearer("DELETE", REALM.api("me/sessions/" + id), tokens.accessToken(), null);
    }

    private static Answer post(TokenSet tokens, String body) {
        return Http.bearer("POST", REALM.api("me/sessions/end"), tokens.accessToken(), body);
    }

    private static JsonNode list(TokenSet tokens) {
        var answer = get(tokens);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("sessions");
    }

    private static List<String> ids(JsonNode sessions) {
        return StreamSupport.stream(sessions.spliterator(), false)
                .map(session -> session.path("id").asText())
                .toList();
    }
}
