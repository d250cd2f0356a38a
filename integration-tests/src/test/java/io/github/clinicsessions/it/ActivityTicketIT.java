package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ticket with which our pages report a human: good for that, and for nothing else. */
class ActivityTicketIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm ABROAD = TestRealm.clinic();

    @Test
    void ourPagesCarryOne() {
        var browser = new HttpBrowser();
        browser.signIn(REALM.account("sessions"), REALM.account("sessions"), "doctor");
        var page = browser.get(REALM.account("sessions")).body();
        var found = Pattern.compile("data-ticket=\"([^\"]+)\"").matcher(page);
        assertThat(found.find()).as(page).isTrue();
        var ticket = new TokenSet(found.group(1), "", "");
        var rows = new ActivityRows(REALM, ticket.sessionId()).registered();

        assertThat(ticket.claims().path("exp").asLong() - now()).isBetween(1L, 43_200L);
        assertThat(call("GET", ticket.accessToken()).status()).isEqualTo(200);
        var before = System.currentTimeMillis();
        assertThat(call("POST", ticket.accessToken()).status()).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> rows.lastBeat() >= before);
        assertThat(rows.reportingClients()).isEmpty();
    }

    @Test
    void countsAndSwitchesNobodyOver() {
        var session = REALM.tokens().signIn("staff");
        var rows = new ActivityRows(REALM, session.sessionId()).registered();
        var ticket = sign(claims(session));

        var looked = call("GET", ticket);
        assertThat(looked.status()).as(looked.body()).isEqualTo(200);
        assertThat(rows.lastBeat()).isZero();
        var before = System.currentTimeMillis();
        var reported = call("POST", ticket);
        assertThat(reported.status()).as(reported.body()).isEqualTo(200);
        assertThat(reported.json().path("idleTimeoutSeconds").asInt()).isEqualTo(1_800);
        assertThat(rows.lastBeat()).isGreaterThanOrEqualTo(before);
        assertThat(rows.reportingClients()).isEmpty();
        var strange = Http.send(
                "GET",
                REALM.api("me/activity"),
                Map.of("Origin", "https://evil.example", "Authorization", "Bearer " + ticket),
                null);
        assertThat(strange.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void endsWithItsSession() {
        var session = REALM.tokens().signIn("staff");
        var ticket = sign(claims(session));
        assertThat(call("GET", ticket).status()).isEqualTo(200);

        assertThat(REALM.tokens().signOut(session).status()).isEqualTo(204);

        assertThat(call("GET", ticket).status()).isEqualTo(401);
        assertThat(call("POST", ticket).status()).isEqualTo(401);
    }

    @Test
    void mustBeOneInEveryClaim() {
        var session = REALM.tokens().signIn("nurse");
        assertThat(call("POST", sign(claims(session))).status()).isEqualTo(200);

        assertRefused(session, "typ", claims -> claims.put("typ", "Bearer"));
        assertRefused(session, "typ", claims -> claims.put("typ", "Serialized-ID"));
        assertRefused(session, "typ", claims -> claims.remove("typ"));
        assertRefused(session, "iss", claims -> claims.put("iss", ABROAD.url()));
        assertRefused(session, "iss", claims -> claims.remove("iss"));
        assertRefused(session, "exp", claims -> claims.put("exp", now() - 1));
        assertRefused(session, "exp", claims -> claims.remove("exp"));
        assertRefused(session, "sid", claims -> claims.put("sid", "AAAAAAAAAAAAAAAAAAAAAAAA"));
        assertRefused(session, "sid", claims -> claims.put("sid", ""));
        assertRefused(session, "sid", claims -> claims.remove("sid"));
        assertRefused(
                session,
                "an earlier session of the id",
                claims -> claims.merge("session_started", -1L, (one, other) -> (Long) one + (Long) other));
        assertRefused(session, "session_started", claims -> claims.remove("session_started"));
        var unsigned = sign(claims(session)).replaceAll("\\.[^.]*$", ".");
        assertThat(call("POST", unsigned).status()).isEqualTo(401);
        assertThat(call("POST", new ActivityTickets(ABROAD).sign(claims(session)))
                        .status())
                .as("another realm's key")
                .isEqualTo(401);
    }

    @Test
    void whatIsOlderThanASignOutOfAllIsNone() {
        REALM.addUser("revoked", "R", "Evoked");
        var session = REALM.tokens().signIn("revoked");
        var ticket = claims(session);
        ticket.put("iat", now() - 100);
        assertThat(call("POST", sign(ticket)).status()).isEqualTo(200);

        REALM.update(realm -> realm.setNotBefore(Math.toIntExact(now() - 50)));
        try {
            assertThat(call("POST", sign(ticket)).status()).isEqualTo(401);
        } finally {
            REALM.update(realm -> realm.setNotBefore(0));
        }

        var user = REALM.user("revoked").toRepresentation();
        user.setEnabled(false);
        REALM.user("revoked").update(user);
        assertThat(call("POST", sign(ticket)).status()).isEqualTo(401);
    }

    @Test
    void isGoodForNothingElse() {
        var session = REALM.tokens().signIn("owner");
        var ticket = sign(claims(session));
        assertThat(call("GET", ticket).status()).isEqualTo(200);
        var asTokens = new TokenSet(ticket, ticket, ticket);

        for (var path : List.of("me/sessions", "staff", "settings", "audit", "ended")) {
            assertThat(Http.bearer("GET", REALM.api(path), ticket, null).status())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(Http.bearer("DELETE", REALM.api("me/sessions/" + session.sessionId()), ticket, null)
                        .status())
                .isEqualTo(401);
        assertThat(REALM.tokens().userinfo(asTokens).status()).isEqualTo(401);
        assertThat(REALM.tokens().account("GET", "", asTokens).status()).isEqualTo(401);
        assertThat(REALM.tokens().introspect(asTokens)).isFalse();
        assertThat(REALM.tokens().refresh(asTokens).status()).isEqualTo(400);
        assertThat(Http.bearer("GET", REALM.server().url() + "/admin/realms/" + REALM.name() + "/users", ticket, null)
                        .status())
                .isEqualTo(401);
        var asCookie = Http.send(
                "GET",
                REALM.account("sessions"),
                Map.of("Accept", "text/html", "Cookie", "KEYCLOAK_IDENTITY=" + ticket),
                null);
        assertThat(asCookie.status()).isEqualTo(303);
        assertThat(asCookie.header("Location")).contains("/protocol/openid-connect/auth");
        assertThat(REALM.tokens().introspect(session)).as("nothing has ended").isTrue();
    }

    private static void assertRefused(TokenSet session, String what, Consumer<Map<String, Object>> change) {
        var claims = claims(session);
        change.accept(claims);
        for (var method : List.of("GET", "POST")) {
            var answer = call(method, sign(claims));
            assertThat(answer.status()).as(what + " " + answer.body()).isEqualTo(401);
        }
    }

    private static Answer call(String method, String ticket) {
        return Http.bearer(method, REALM.api("me/activity"), ticket, null);
    }

    private static Map<String, Object> claims(TokenSet session) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("typ", "ClinicActivity");
        claims.put("iss", REALM.url());
        claims.put("iat", now());
        claims.put("exp", now() + 600);
        claims.put("sid", session.sessionId());
        claims.put(
                "session_started",
                REALM.server()
                        .database()
                        .number(
                                "select CREATED_ON from OFFLINE_USER_SESSION where USER_SESSION_ID = ? and OFFLINE_FLAG = '0'",
                                session.sessionId()));
        return claims;
    }

    private static String sign(Map<String, Object> claims) {
        return new ActivityTickets(REALM).sign(claims);
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }
}
