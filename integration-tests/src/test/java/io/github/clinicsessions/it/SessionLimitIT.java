package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit by settings alone, without an authenticator in a flow: the look after the fact, before the sign-in is answered. */
class SessionLimitIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(SessionLimits::withoutAuthenticator);

    /** An authenticator in the browser flow only. */
    @RegisterExtension
    static final TestRealm BY_FLOW = TestRealm.clinic().with(SessionLimits::withoutAuthenticator);

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock()
            .with(json -> json.putObject("attributes")
                    .put("clinicSessions.maxSessions", "1")
                    .put("clinicSessions.limitBehavior", "deny"));

    @Test
    void whatWasUsedLeastRecentlyEnds() {
        SessionLimits.set(REALM, "2", "end-least-recent");
        REALM.addUser("recent", "R", "Ecent");
        var first = signIn("recent");
        var second = signIn("recent");
        assertThat(REALM.server()
                        .database()
                        .update(
                                "update OFFLINE_USER_SESSION set LAST_SESSION_REFRESH = LAST_SESSION_REFRESH - 60"
                                        + " where USER_SESSION_ID = ?",
                                second.sessionId()))
                .isEqualTo(1);

        var third = signIn("recent");

        assertEnded(second);
        assertThat(SessionLimits.alive(REALM, "recent"))
                .containsExactlyInAnyOrder(first.sessionId(), third.sessionId());
        assertAlive(third);
        assertAlive(first);
        var rows = ended("recent", 1);
        assertThat(rows.stream().filter(row -> "SESSION_ENDED".equals(row.action())))
                .extracting(
                        LedgerRow::sessionRef,
                        LedgerRow::cause,
                        LedgerRow::state,
                        LedgerRow::actorType,
                        LedgerRow::actorName,
                        LedgerRow::device)
                .containsExactly(tuple(
                        Ledger.reference(second.sessionId()),
                        "SESSION_LIMIT",
                        "DONE",
                        "SELF",
                        "recent",
                        "Firefox on Windows"));
        var reached = limitReached("recent", 1).get(0);
        assertThat(details(reached))
                .isEqualTo(Http.parse(
                        "{\"limit\":\"2\",\"behavior\":\"end-least-recent\",\"by\":\"clinic\",\"outcome\":\"ended\"}"));
        assertThat(reached)
                .extracting(LedgerRow::username, LedgerRow::actorType, LedgerRow::ipAddress, LedgerRow::sessionRef)
                .containsExactly("recent", "SELF", "127.0.0.1", null);
        assertThat(REALM.server()
                        .database()
                        .number(
                                "SELECT COUNT(*) FROM CLINIC_ENDED_SESSION WHERE USER_ID = ? AND SEQ IS NOT NULL",
                                REALM.userId("recent")))
                .as("in the feed")
                .isEqualTo(1);
    }

    /** Without a page nobody is asked. */
    @ParameterizedTest
    @ValueSource(strings = {"deny", "choose"})
    void theNewestEndsAndNeverAnOlder(String behavior) {
        SessionLimits.set(REALM, "2", behavior);
        var username = "newest-" + behavior;
        REALM.addUser(username, "N", "Ewest");
        var first = signIn(username);
        var second = signIn(username);

        for (var i = 0; i < 3; i++) {
            assertEnded(signIn(username));
            assertEnded(REALM.tokens().signInOffline(username));
        }

        assertThat(SessionLimits.alive(REALM, username))
                .containsExactlyInAnyOrder(first.sessionId(), second.sessionId());
        assertAlive(first);
        assertAlive(second);
        assertThat(limitReached(username, 6)).hasSize(6);
        assertThat(REALM.tokens().signOut(first).status()).isEqualTo(204);
        assertAlive(signIn(username));
    }

    @Test
    void clientsOfWhatEndsAreTold() {
        assumeTrue(REALM.server().sqlLog().isPresent(), "a container does not reach this machine's loopback address");
        SessionLimits.set(REALM, "1", "end-least-recent");
        REALM.addUser("told", "T", "Old");
        try (var app = new LogoutListener(REALM, sessionId -> {})) {
            app.listenFor(Tokens.APP);
            var first = signIn("told");
            var second = signIn("told");

            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(app.received(first.sessionId())).hasSize(1));
            assertThat(app.received(first.sessionId()).get(0).path("sub").asText())
                    .isEqualTo(REALM.userId("told"));
            assertThat(app.received(second.sessionId())).isEmpty();
            assertThat(app.complaints()).isEmpty();
            app.urlOf(Tokens.APP, "");
        }
    }

    /** Offline access is a session like any other; what a direct grant for it leaves is nothing else. */
    @Test
    void offlineAccessCounts() {
        SessionLimits.set(REALM, "2", "end-least-recent");
        REALM.addUser("phones", "P", "Hones");
        var all = new ArrayList<TokenSet>();
        for (var i = 0; i < 4; i++) {
            all.add(REALM.tokens().signInOffline("phones"));
        }

        assertThat(SessionLimits.alive(REALM, "phones"))
                .hasSize(2)
                .contains(all.get(3).sessionId());
        assertThat(all.stream().filter(one -> REALM.tokens().refresh(one).status() == 200))
                .hasSize(2);
    }

    /** No authenticator is in the flow of a direct grant: the one of the browser flow counts for whoever has come past it. */
    @Test
    void anAuthenticatorOfAnotherFlowCountsAndMayLeaveOfflineAccessOut() {
        var flow = SessionLimits.copyWith(
                BY_FLOW,
                "browser",
                SessionLimits.AUTHENTICATOR,
                Map.of("maxSessions", "1", "limitBehavior", "end-least-recent", "countOfflineSessions", "false"));
        BY_FLOW.update(realm -> realm.setBrowserFlow(flow));

        var phones = List.of(
                BY_FLOW.tokens().signInOffline("nurse"), BY_FLOW.tokens().signInOffline("nurse"));
        var first = BY_FLOW.tokens().signIn("nurse");
        assertThat(BY_FLOW.tokens().introspect(first)).isTrue();
        var second = BY_FLOW.tokens().signIn("nurse");

        assertThat(BY_FLOW.tokens().introspect(first)).isFalse();
        assertThat(SessionLimits.alive(BY_FLOW, "nurse"))
                .containsExactlyInAnyOrder(
                        phones.get(0).sessionId(), phones.get(1).sessionId(), second.sessionId());
        var reached = BY_FLOW.ledger()
                .await(
                        BY_FLOW.id(),
                        BY_FLOW.userId("nurse"),
                        rows -> rows.stream().anyMatch(row -> "LIMIT_REACHED".equals(row.action())));
        assertThat(reached.stream()
                        .filter(row -> "LIMIT_REACHED".equals(row.action()))
                        .map(row -> details(row).path("by").asText()))
                .containsExactly("flow");
    }

    /** A further application joins a session, which is not one more; neither is what token exchange makes of a token. */
    @Test
    void whatAddsToASessionIsNotOneMore() {
        SessionLimits.set(REALM, "1", "deny");
        REALM.addUser("joiner", "J", "Oiner");
        var browser = new HttpBrowser();
        var url = REALM.tokens().signInUrl("openid", Map.of());
        var tokens = redeem(browser.signIn(url, REALM.tokens().callback(), "joiner"));

        var joined = redeem(browser.open(
                REALM.tokens().signInUrl("openid offline_access", Map.of()),
                REALM.tokens().callback()));
        assertThat(joined.sessionId()).isEqualTo(tokens.sessionId());
        assertThat(exchange(tokens).status()).isEqualTo(200);

        assertAlive(joined);
        assertThat(SessionLimits.alive(REALM, "joiner")).containsExactly(tokens.sessionId());
        assertEnded(signIn("joiner"));
        assertAlive(joined);
    }

    /** The last place goes to the browser, and what it has replaced is gone before it is sent on. */
    @Test
    void aBrowserTakesThePlaceOfWhatWasUsedLeastRecently() {
        SessionLimits.set(REALM, "1", "end-least-recent");
        REALM.addUser("browsing", "B", "Rowsing");
        var first = signIn("browsing");

        var answer = new HttpBrowser()
                .signIn(
                        REALM.tokens().signInUrl("openid", Map.of()),
                        REALM.tokens().callback(),
                        "browsing");

        assertEnded(first);
        assertAlive(redeem(answer));
    }

    /** An administrator who looks through a person's eyes ends nothing; the person's next sign-in counts what there is. */
    @Test
    void whatAnAdministratorOpensEndsNothing() {
        SessionLimits.set(REALM, "1", "end-least-recent");
        REALM.addUser("looked-at", "L", "Ooked");
        var first = signIn("looked-at");

        assertThat(REALM.impersonate("looked-at")).isEqualTo(200);
        assertAlive(first);
        assertThat(REALM.sessionCount("looked-at")).isEqualTo(2);
        var second = signIn("looked-at");

        assertThat(SessionLimits.alive(REALM, "looked-at")).containsExactly(second.sessionId());
    }

    @Test
    void withoutTheLockPeopleSignInAndTheNextSignInMakesItRight() {
        SessionLimits.set(REALM, "2", "end-least-recent");
        REALM.addUser("unlocked", "U", "Nlocked");
        var database = REALM.server().database();
        database.update("ALTER TABLE CLINIC_LIMIT_LOCK RENAME TO CLINIC_LIMIT_LOCK_AWAY");
        try {
            for (var i = 0; i < 4; i++) {
                assertAlive(signIn("unlocked"));
            }
        } finally {
            database.update("ALTER TABLE CLINIC_LIMIT_LOCK_AWAY RENAME TO CLINIC_LIMIT_LOCK");
        }
        assertThat(SessionLimits.alive(REALM, "unlocked")).hasSize(4);

        assertAlive(signIn("unlocked"));

        assertThat(SessionLimits.alive(REALM, "unlocked")).hasSize(2);
        ended("unlocked", 3);
    }

    /** Somebody has emptied the table: a row that is missing is made. */
    @Test
    void anEmptyTableOfLocksIsFilled() {
        SessionLimits.set(REALM, "1", "end-least-recent");
        REALM.addUser("rowless", "R", "Owless");
        var database = REALM.server().database();
        assertThat(database.number("SELECT COUNT(*) FROM CLINIC_LIMIT_LOCK")).isBetween(1L, 256L);
        database.update("DELETE FROM CLINIC_LIMIT_LOCK");

        signIn("rowless");
        signIn("rowless");

        assertThat(SessionLimits.alive(REALM, "rowless")).hasSize(1);
        assertThat(database.number("SELECT COUNT(*) FROM CLINIC_LIMIT_LOCK")).isEqualTo(1);
    }

    @Test
    void withoutALimitAndInARealmThatIsOffNothingEnds() {
        REALM.update(realm -> realm.getAttributes().remove("clinicSessions.maxSessions"));
        REALM.addUser("unlimited", "U", "Nlimited");
        for (var realm : List.of(REALM, OFF)) {
            var username = realm == OFF ? "nurse" : "unlimited";
            for (var i = 0; i < 3; i++) {
                realm.tokens().signIn(username);
            }
            assertThat(SessionLimits.alive(realm, username)).hasSize(3);
        }
    }

    private static TokenSet signIn(String username) {
        return REALM.tokens().signIn(username, Device.FIREFOX_ON_WINDOWS.userAgent());
    }

    private static TokenSet redeem(Http.Answer atCallback) {
        var location = atCallback.header("Location");
        var code = location.replaceFirst(".*[?&]code=([^&]*).*", "$1");
        assertThat(code).as(location).isNotEqualTo(location);
        return REALM.tokens().redeem(code);
    }

    private static Http.Answer exchange(TokenSet tokens) {
        var clients = REALM.admin().clients();
        var api = clients.findByClientId(Tokens.API).get(0);
        api.getAttributes().put("standard.token.exchange.enabled", "true");
        clients.get(api.getId()).update(api);
        var form = new LinkedHashMap<String, String>();
        form.put("client_id", Tokens.API);
        form.put("client_secret", Tokens.API_SECRET);
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token", tokens.accessToken());
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        return Http.postForm(REALM.url() + "/protocol/openid-connect/token", Map.of(), form);
    }

    private static void assertAlive(TokenSet session) {
        assertThat(REALM.tokens().introspect(session)).isTrue();
        assertThat(REALM.tokens().refresh(session).status()).isEqualTo(200);
    }

    private static void assertEnded(TokenSet session) {
        assertThat(REALM.tokens().introspect(session)).isFalse();
        assertThat(REALM.tokens().refresh(session).status()).isEqualTo(400);
    }

    /** The person's ledger, once as many of their sessions have ended as expected, all for one cause. */
    private static List<LedgerRow> ended(String username, int count) {
        var rows =
                REALM.ledger().await(REALM.id(), REALM.userId(username), all -> count(all, "SESSION_ENDED") >= count);
        assertThat(rows.stream().filter(row -> "SESSION_ENDED".equals(row.action())))
                .hasSize(count)
                .extracting(LedgerRow::cause)
                .containsOnly("SESSION_LIMIT");
        return rows;
    }

    private static List<LedgerRow> limitReached(String username, int count) {
        return REALM
                .ledger()
                .await(REALM.id(), REALM.userId(username), all -> count(all, "LIMIT_REACHED") >= count)
                .stream()
                .filter(row -> "LIMIT_REACHED".equals(row.action()))
                .toList();
    }

    private static JsonNode details(LedgerRow row) {
        return Http.parse(Objects.requireNonNull(row.details()));
    }

    private static long count(List<LedgerRow> rows, String action) {
        return rows.stream().filter(row -> action.equals(row.action())).count();
    }
}
