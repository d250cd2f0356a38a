package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Between being due and being swept: on a server whose sweep never comes, whatever refuses a session is the gate. The paths are those
 * of docs/idle.md.
 */
class IdleGateIT {

    private static final ServerOptions GATE =
            ServerOptions.named("idle-gate").runWith(IdleTimes.SECONDS_PER_MINUTE, IdleTimes.SWEEP_INTERVAL + "36000");

    /** Long enough for all that a test has to do before. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().on(GATE).with(json -> {
        json.putObject("attributes").put(IdleTimes.MINUTES, String.valueOf(LIMIT.toSeconds()));
        for (var client : json.path("clients")) {
            if (client.path("clientId").asText().equals(Tokens.API)) {
                ((ObjectNode) client).withObject("attributes").put("standard.token.exchange.enabled", "true");
            }
        }
        SamlApp.addTo(json);
    });

    @RegisterExtension
    static final TestRealm OFF =
            TestRealm.stock().on(GATE).with(json -> json.putObject("attributes").put(IdleTimes.MINUTES, "1"));

    private final IdleTimes times = new IdleTimes(REALM);

    @Test
    void eachPathRefuses() {
        var tokens = REALM.tokens();
        var off = OFF.tokens().signIn("staff");
        var signedIn = new LinkedHashMap<String, TokenSet>();
        SessionFor sessions = path -> Objects.requireNonNull(signedIn.get(path), path);
        for (var path : List.of("refresh", "introspect", "userinfo", "exchange", "api", "account", "report")) {
            signedIn.put(path, tokens.signIn("nurse"));
        }
        var reporting = sessions.get("report");
        times.beat(reporting);
        var browser = new HttpBrowser();
        browser.signIn(tokens.signInUrl("openid", Map.of()), tokens.callback(), "doctor");
        var silent = new HttpBrowser();
        silent.signIn(tokens.signInUrl("openid", Map.of()), tokens.callback(), "staff");
        var pages = new HttpBrowser();
        pages.signIn(REALM.account("sessions"), "no such end", "owner");
        assertThat(pages.get(REALM.account("sessions")).status()).isEqualTo(200);
        var saml = new SamlApp(REALM);
        REALM.addUser("radiologist", "R", "Adiologist");
        var samlBrowser = new HttpBrowser();
        samlBrowser.signIn(tokens.signInUrl("openid", Map.of()), tokens.callback(), "radiologist");
        assertThat(saml.status(samlBrowser.get(saml.signInUrl(false))))
                .as("single sign-on")
                .endsWith(":Success");
        assertThat(tokens.introspect(sessions.get("introspect"))).isTrue();
        assertThat(tokens.userinfo(sessions.get("userinfo")).status()).isEqualTo(200);
        assertThat(me(sessions.get("api")).status()).isEqualTo(200);
        assertThat(tokens.account("GET", "", sessions.get("account")).status()).isEqualTo(200);
        assertThat(exchange(sessions.get("exchange")).status()).as("exchange").isEqualTo(200);

        IdleTimes.nobodyIsThereFor(LIMIT.plusSeconds(1));

        var refreshed = tokens.refresh(sessions.get("refresh"));
        assertThat(refreshed.status()).isEqualTo(400);
        assertThat(refreshed.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(refreshed.json().path("error_description").asText()).isEqualTo("Session not active");
        assertThat(tokens.introspect(sessions.get("introspect"))).isFalse();
        var userinfo = tokens.userinfo(sessions.get("userinfo"));
        assertThat(userinfo.status()).isEqualTo(401);
        assertThat(userinfo.header("WWW-Authenticate") + userinfo.body()).contains("invalid_token");
        assertThat(exchange(sessions.get("exchange")).status()).as("exchange").isEqualTo(400);
        assertThat(me(sessions.get("api")).status()).isEqualTo(401);
        assertThat(Http.bearer("POST", REALM.api("me/activity"), reporting.accessToken(), "{}")
                        .status())
                .as("a report does not revive")
                .isEqualTo(401);
        assertThat(tokens.account("GET", "", sessions.get("account")).status())
                .as("Keycloak's Account REST API waits for the sweep")
                .isEqualTo(200);
        assertThat(silent.open(tokens.signInUrl("openid", Map.of("prompt", "none")), tokens.callback())
                        .header("Location"))
                .contains("error=login_required");
        assertThat(browser.open(tokens.signInUrl("openid", Map.of()), tokens.callback())
                        .body())
                .as("the sign-in page")
                .contains("name=\"password\"");
        assertThat(pages.get(REALM.account("sessions")).header("Location")).contains("/protocol/openid-connect/auth");
        var samlSilent = samlBrowser.copy();
        assertThat(saml.status(samlSilent.get(saml.signInUrl(true)))).endsWith(":NoPassive");
        assertThat(REALM.sessionCount("radiologist")).isZero();
        assertThat(samlBrowser.open(saml.signInUrl(false), "no such end").body())
                .as("the sign-in page")
                .contains("name=\"password\"")
                .doesNotContain("SAMLResponse");
        for (var path : List.of("refresh", "introspect", "userinfo", "exchange", "api", "report")) {
            var end = times.awaitEnd("nurse", sessions.get(path), Duration.ofSeconds(5));
            assertThat(end.cause()).isEqualTo("IDLE_TIMEOUT");
            assertThat(times.ends("nurse", sessions.get(path))).as(path).hasSize(1);
        }
        assertThat(times.ends("nurse", sessions.get("account"))).isEmpty();
        assertThat(REALM.sessionCount("owner")).isZero();
        assertThat(OFF.tokens().refresh(off).status()).as("a realm that is off").isEqualTo(200);
    }

    /** A code that is redeemed after the session was over, while its browser was away. */
    @Test
    void aCodeOfASessionThatIsOver() {
        var browser = new HttpBrowser();
        var answer = browser.signIn(
                REALM.tokens().signInUrl("openid", Map.of()), REALM.tokens().callback(), "private");
        var code = IdleSweepIT.code(answer.header("Location"));
        IdleTimes.nobodyIsThereFor(LIMIT.plusSeconds(1));

        assertThatThrownBy(() -> REALM.tokens().redeem(code)).hasMessageContaining("Code not valid");
        assertThat(REALM.sessionCount("private")).isZero();
    }

    /** The session that is kept for a path. */
    @FunctionalInterface
    private interface SessionFor {
        TokenSet get(String path);
    }

    private static Http.Answer me(TokenSet tokens) {
        return Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null);
    }

    /** What {@code clinic-api} gets for the access token: RFC 8693. */
    private static Http.Answer exchange(TokenSet tokens) {
        var credentials = (Tokens.API + ":" + Tokens.API_SECRET).getBytes(StandardCharsets.UTF_8);
        return Http.postForm(
                REALM.url() + "/protocol/openid-connect/token",
                Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)),
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token", tokens.accessToken(),
                        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
    }
}
