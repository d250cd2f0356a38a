package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.example.EndedSessions;
import io.github.clinicsessions.example.ExampleServer;
import io.github.clinicsessions.example.IntrospectingApi;
import io.github.clinicsessions.example.LocalApi;
import io.github.clinicsessions.example.Realm;
import io.github.clinicsessions.it.Http.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real APIs with Spring Security: the worked examples of docs/feed.md. */
class ResourceServerIT {

    /** Short, so that the tests need not wait for long to see it pass. */
    private static final Duration LIFESPAN = Duration.ofSeconds(4);

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private final FeedRows rows = new FeedRows(REALM);
    private EndedSessions ended;
    private ExampleServer local;
    private ExampleServer introspecting;

    @BeforeEach
    void start() {
        var realm = new Realm(REALM.url(), Tokens.API, Tokens.API_SECRET);
        ended = EndedSessions.start(new EndedSessions.Settings(
                URI.create(realm.url()),
                realm.clientId(),
                realm.clientSecret(),
                LIFESPAN,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1)));
        local = ExampleServer.start(LocalApi.class, realm, ended);
        introspecting = ExampleServer.start(IntrospectingApi.class, realm);
        Awaitility.await().until(() -> ended.isCurrent());
    }

    @AfterEach
    void stop() {
        introspecting.close();
        local.close();
        ended.close();
    }

    @Test
    void bothTakeTheTokenOfALivingSession() {
        var mine = REALM.tokens().signIn("staff").accessToken();

        assertThat(patients(local, mine).status()).isEqualTo(200);
        assertThat(patients(local, mine).body()).isEqualTo("none");
        assertThat(patients(introspecting, mine).status()).isEqualTo(200);
        for (var api : List.of(local, introspecting)) {
            assertThat(Http.get(api.url() + "/patients").status()).isEqualTo(401);
            assertThat(patients(api, "garbage").status()).isEqualTo(401);
        }
    }

    @Test
    void anEndedSessionIsRefusedWithinTwoSecondsAndByIntrospectionAtOnce() {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        assertThat(patients(local, other.accessToken()).status()).isEqualTo(200);

        assertThat(Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null)
                        .status())
                .isEqualTo(204);

        var from = System.nanoTime();
        assertThat(patients(introspecting, other.accessToken()).status()).isEqualTo(401);
        var refused = Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(2))
                .until(() -> patients(local, other.accessToken()), answer -> answer.status() != 200);
        System.out.printf(
                "refused by local verification %d ms after the end%n",
                Duration.ofNanos(System.nanoTime() - from).toMillis());

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("invalid_token").contains("has ended");
        assertThat(patients(local, mine.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void withoutTheFeedItClosesAndRecovers() {
        var mine = REALM.tokens().signIn("staff").accessToken();
        var role = REALM.admin().roles().get("clinic-api").toRepresentation();
        var roles = REALM.user("service-account-clinic-api").roles().realmLevel();
        roles.remove(List.of(role));
        try {
            var closed = Awaitility.await()
                    .atMost(LIFESPAN.plusSeconds(4))
                    .until(() -> patients(local, mine), answer -> answer.status() != 200);
            assertThat(closed.status()).isEqualTo(503);
            assertThat(closed.header("Retry-After")).isNotEmpty();
            assertThat(patients(introspecting, mine).status()).isEqualTo(200);
        } finally {
            roles.add(List.of(role));
        }
        Awaitility.await().until(() -> patients(local, mine).status() == 200);
    }

    @Test
    void beforeTheFirstAnswerItIsClosed() {
        var nowhere = EndedSessions.start(new EndedSessions.Settings(
                URI.create(REALM.url() + "-not-there"),
                Tokens.API,
                Tokens.API_SECRET,
                LIFESPAN,
                Duration.ZERO,
                Duration.ofSeconds(1)));
        try (nowhere;
                var api = ExampleServer.start(
                        LocalApi.class, new Realm(REALM.url(), Tokens.API, Tokens.API_SECRET), nowhere)) {
            assertThat(patients(api, REALM.tokens().signIn("staff").accessToken())
                            .status())
                    .isEqualTo(503);
        }
    }

    @Test
    void ofAnIdThatIsUsedAgainOnlyTokensFromAfterTheEndAreGood() {
        var mine = REALM.tokens().signIn("staff");
        var issued = mine.claims().path("iat").asLong() * 1_000;
        var keptUntil = System.currentTimeMillis() + 60_000;

        rows.add(REALM.userId("staff"), mine.sessionId(), issued - 1, keptUntil);
        awaitHeardOf();
        assertThat(patients(local, mine.accessToken()).status()).isEqualTo(200);

        rows.clear();
        rows.add(REALM.userId("staff"), mine.sessionId(), issued, keptUntil);
        Awaitility.await().until(() -> patients(local, mine.accessToken()).status() == 401);
    }

    @Test
    void aFeedThatBeginsAnewIsReadAnew() {
        var mine = REALM.tokens().signIn("staff");
        rows.add(REALM.userId("staff"));
        awaitHeardOf();

        rows.beginAnew();
        rows.add(
                REALM.userId("staff"),
                mine.sessionId(),
                System.currentTimeMillis(),
                System.currentTimeMillis() + 60_000);

        Awaitility.await().until(() -> patients(local, mine.accessToken()).status() == 401);
    }

    /** Entries come in their order: whoever has this one has all before. */
    private void awaitHeardOf() {
        var sid = UUID.randomUUID().toString();
        rows.add(REALM.userId("staff"), sid, System.currentTimeMillis(), System.currentTimeMillis() + 60_000);
        Awaitility.await().until(() -> ended.hasEnded(sid, Instant.EPOCH));
    }

    private static Answer patients(ExampleServer api, String token) {
        return Http.bearer("GET", api.url() + "/patients", token, null);
    }
}
