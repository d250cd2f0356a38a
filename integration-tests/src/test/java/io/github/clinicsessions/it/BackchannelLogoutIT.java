package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients with a back-channel logout URL are told, once the session is gone, and nobody waits for them. */
class BackchannelLogoutIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<Boolean> activeWhenTold = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private volatile boolean hang;
    private volatile TokenSet watched = new TokenSet("", "", "");
    private HttpServer app;

    @BeforeEach
    void anAppListens() throws IOException {
        assumeTrue(REALM.server().sqlLog().isPresent(), "a container does not reach this machine's loopback address");
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.setExecutor(Executors.newCachedThreadPool());
        app.createContext("/logout", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            activeWhenTold.add(REALM.tokens().introspect(watched));
            received.add(claims(URLDecoder.decode(body.substring("logout_token=".length()), StandardCharsets.UTF_8)));
            if (hang) {
                awaitLatch();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        app.start();
        logoutUrl("http://127.0.0.1:" + app.getAddress().getPort() + "/logout");
    }

    private static void logoutUrl(String url) {
        var client = REALM.admin().clients().findByClientId(Tokens.APP).get(0);
        client.getAttributes()
                .putAll(Map.of("backchannel.logout.url", url, "backchannel.logout.session.required", "true"));
        REALM.admin().clients().get(client.getId()).update(client);
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        app.stop(0);
    }

    @Test
    void theClientIsToldWhenTheSessionIsGone() {
        var mine = REALM.tokens().signIn("staff");
        watched = REALM.tokens().signIn("staff");

        end(mine, watched);

        Awaitility.await().until(() -> received.size() == 1);
        var token = received.get(0);
        assertThat(token.path("sid").asText()).isEqualTo(watched.sessionId());
        assertThat(token.path("sub").asText()).isEqualTo(REALM.userId("staff"));
        assertThat(token.path("aud").asText()).isEqualTo(Tokens.APP);
        assertThat(token.path("iss").asText()).isEqualTo(REALM.url());
        assertThat(token.path("events").has("http://schemas.openid.net/event/backchannel-logout"))
                .isTrue();
        assertThat(activeWhenTold).as("the session when its client was told").containsExactly(false);
    }

    @Test
    void aClientWithAnImpossibleUrlIsNoReasonToFail() {
        logoutUrl("http://127.0.0.1/{tenant}/logout");
        var mine = REALM.tokens().signIn("doctor");
        watched = REALM.tokens().signIn("doctor");

        end(mine, watched);

        assertThat(REALM.tokens().introspect(watched)).isFalse();
        var rows = REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId("doctor"),
                        all -> all.stream().anyMatch(row -> "SESSION_ENDED".equals(row.action())));
        assertThat(rows).extracting(LedgerRow::state).containsOnly("DONE");
    }

    @Test
    void aClientThatHangsKeepsNobodyWaiting() {
        hang = true;
        var mine = REALM.tokens().signIn("nurse");
        var first = REALM.tokens().signIn("nurse");
        var second = REALM.tokens().signIn("nurse");

        var started = System.nanoTime();
        end(mine, first);
        end(mine, second);
        var took = Duration.ofNanos(System.nanoTime() - started);

        // the client has not answered either, and would keep each of them for a time-out of 5 s
        assertThat(took).isLessThan(Duration.ofSeconds(9));
        assertThat(REALM.tokens().introspect(first)).isFalse();
        assertThat(REALM.tokens().introspect(second)).isFalse();
        Awaitility.await().until(() -> received.size() == 2);
    }

    @Test
    void manySessionsOfAClientThatHangsAreToldSideBySide() {
        hang = true;
        var mine = REALM.tokens().signIn("private");
        for (var i = 0; i < 20; i++) {
            REALM.tokens().signIn("private");
        }

        assertThat(Http.bearer("POST", REALM.api("me/sessions/end"), mine.accessToken(), "{\"scope\":\"others\"}")
                        .status())
                .isEqualTo(200);

        // four at a time, as Keycloak's executors do it, the last would be asked after 25 s
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> received.size() == 20);
    }

    private static void end(TokenSet mine, TokenSet other) {
        assertThat(Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null)
                        .status())
                .isEqualTo(204);
    }

    private void awaitLatch() {
        try {
            mayAnswer.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode claims(String token) {
        return Http.parse(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }
}
