package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients with a back-channel logout URL are told, once the session is gone, until they answer, and nobody waits for them. */
class BackchannelLogoutIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    /** As the tests' server has it: one attempt at once and one after each of three pauses. */
    private static final int ATTEMPTS = 4;

    private final List<Boolean> activeWhenTold = new CopyOnWriteArrayList<>();
    private volatile @Nullable TokenSet watched;
    private LogoutListener app;

    @BeforeEach
    void anAppListens() {
        assumeTrue(REALM.server().sqlLog().isPresent(), "a container does not reach this machine's loopback address");
        app = new LogoutListener(REALM, this::told);
        app.listenFor(Tokens.APP);
    }

    private void told(String sessionId) {
        var session = watched;
        if (session != null && session.sessionId().equals(sessionId)) {
            activeWhenTold.add(REALM.tokens().introspect(session));
        }
    }

    @AfterEach
    void everyTokenWasGood() {
        assertThat(app.complaints()).isEmpty();
        app.close();
    }

    @Test
    void theClientIsToldWhenTheSessionIsGone() {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        watched = other;

        var receipt = end(mine, other);

        var told = awaitState(mine, receipt, "answered");
        assertThat(app.received(other.sessionId())).hasSize(1);
        var token = app.received(other.sessionId()).get(0);
        assertThat(token.path("sub").asText()).isEqualTo(REALM.userId("staff"));
        assertThat(token.path("aud").asText()).isEqualTo(Tokens.APP);
        assertThat(token.path("iss").asText()).isEqualTo(REALM.url());
        assertThat(token.path("events").has("http://schemas.openid.net/event/backchannel-logout"))
                .isTrue();
        assertThat(activeWhenTold).as("the session when its client was told").containsExactly(false);
        assertThat(Instant.parse(told.path("answeredAt").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(NoticeRow.of(REALM, other.sessionId())).singleElement().satisfies(row -> {
            assertThat(row.attempts()).isEqualTo(1);
            assertThat(row.outcome()).isEqualTo("204");
            assertThat(row.claims()).as("who was signed in is forgotten").isNull();
            assertThat(row.due()).isFalse();
        });
    }

    @Test
    void aClientThatIsDownIsToldWhenItIsUp() {
        app.down();
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");

        var receipt = end(mine, other);

        awaitRow(other, 1);
        assertThat(application(mine, receipt).path("state").asText()).isEqualTo("waiting");
        app.up();
        awaitState(mine, receipt, "answered");
        assertThat(app.received(other.sessionId())).hasSize(1);
    }

    @Test
    void aClientThatFailsIsToldAgainWithAFreshToken() {
        app.answer(500);
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");

        var receipt = end(mine, other);

        awaitState(mine, receipt, "answered");
        assertThat(app.received(other.sessionId())).hasSize(2);
        assertThat(NoticeRow.of(REALM, other.sessionId()).get(0).attempts()).isEqualTo(2);
    }

    @Test
    void aClientThatAlwaysFailsIsGivenUp() {
        app.alwaysAnswer(500);
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");

        var receipt = end(mine, other);

        var failed = awaitState(mine, receipt, "failed");
        assertThat(failed.path("answeredAt").isNull()).isTrue();
        assertThat(app.received(other.sessionId())).hasSize(ATTEMPTS);
        assertThat(NoticeRow.of(REALM, other.sessionId())).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo("GIVEN_UP");
            assertThat(row.attempts()).isEqualTo(ATTEMPTS);
            assertThat(row.outcome()).isEqualTo("500");
            assertThat(row.claims()).isNull();
            assertThat(row.due()).isFalse();
        });
    }

    @Test
    void aClientThatHasMovedIsToldWhereItIsNow() {
        app.urlOf(Tokens.APP, "http://127.0.0.1:1/logout");
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        end(mine, other);
        awaitRow(other, 1);

        app.listenFor(Tokens.APP);

        Awaitility.await().until(() -> app.received(other.sessionId()).size() == 1);
    }

    @Test
    void aClientWithAnImpossibleUrlIsNoReasonToFail() {
        app.urlOf(Tokens.APP, "http://127.0.0.1/{tenant}/logout");
        var mine = REALM.tokens().signIn("doctor");
        var other = REALM.tokens().signIn("doctor");

        var receipt = end(mine, other);

        assertThat(REALM.tokens().introspect(other)).isFalse();
        var rows = REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId("doctor"),
                        all -> all.stream().anyMatch(row -> "SESSION_ENDED".equals(row.action())));
        assertThat(rows).extracting(LedgerRow::state).containsOnly("DONE");
        awaitState(mine, receipt, "failed");
    }

    @Test
    void aClientThatHangsKeepsNobodyWaiting() {
        app.hang();
        var mine = REALM.tokens().signIn("nurse");
        var first = REALM.tokens().signIn("nurse");
        var second = REALM.tokens().signIn("nurse");

        var started = System.nanoTime();
        var receipt = end(mine, first);
        end(mine, second);
        var took = Duration.ofNanos(System.nanoTime() - started);

        // the client has not answered either, and would keep each of them for a time-out of 5 s
        assertThat(took).isLessThan(Duration.ofSeconds(9));
        assertThat(REALM.tokens().introspect(first)).isFalse();
        assertThat(REALM.tokens().introspect(second)).isFalse();
        assertThat(application(mine, receipt).path("state").asText()).isEqualTo("waiting");
        Awaitility.await().until(() -> isTold(first) && isTold(second));
    }

    @Test
    void manySessionsOfAClientThatHangsAreToldSideBySide() {
        app.hang();
        var mine = REALM.tokens().signIn("private");
        var others = IntStream.range(0, 20)
                .mapToObj(i -> REALM.tokens().signIn("private"))
                .toList();

        assertThat(Http.bearer("POST", REALM.api("me/sessions/end"), mine.accessToken(), "{\"scope\":\"others\"}")
                        .status())
                .isEqualTo(200);

        // four at a time, as Keycloak's executors do it, the last would be asked after 25 s
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> others.stream().allMatch(this::isTold));
    }

    @Test
    void whileTheTableIsAwaySessionsEndAndTheirClientsAreToldOnce() throws SQLException {
        var mine = REALM.tokens().signIn("owner");
        var other = REALM.tokens().signIn("owner");
        rename("CLINIC_END_NOTICE", "CLINIC_END_NOTICE_AWAY");
        try {
            var answer = Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Link")).isEmpty();
            assertThat(REALM.tokens().introspect(other)).isFalse();
            Awaitility.await().until(() -> isTold(other));
        } finally {
            rename("CLINIC_END_NOTICE_AWAY", "CLINIC_END_NOTICE");
        }
        assertThat(REALM.ledger()
                        .await(
                                REALM.id(),
                                REALM.userId("owner"),
                                all -> all.stream().anyMatch(row -> "SESSION_ENDED".equals(row.action()))))
                .extracting(LedgerRow::state)
                .containsOnly("DONE");
    }

    private static void rename(String table, String other) throws SQLException {
        try (var connection = REALM.server().database().connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table + " RENAME TO " + other);
        }
    }

    @Test
    void theClientsOfADeletedPersonAreTold() {
        REALM.addUser("leaver", "Lea", "Ver");
        var session = REALM.tokens().signIn("leaver");
        var id = REALM.userId("leaver");

        REALM.user("leaver").remove();

        Awaitility.await().until(() -> isTold(session));
        assertThat(app.received(session.sessionId()))
                .singleElement()
                .satisfies(token -> assertThat(token.path("sub").asText()).isEqualTo(id));
    }

    private boolean isTold(TokenSet session) {
        return !app.received(session.sessionId()).isEmpty();
    }

    private static String end(TokenSet mine, TokenSet other) {
        var answer = Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);
        assertThat(answer.status()).isEqualTo(204);
        var link = answer.header("Link");
        return link.substring(link.indexOf('<') + 1, link.indexOf('>'));
    }

    private static JsonNode application(TokenSet mine, String receipt) {
        return Http.bearer("GET", receipt, mine.accessToken(), null).json().at("/applications/0");
    }

    private static JsonNode awaitState(TokenSet mine, String receipt, String state) {
        return Awaitility.await(state)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> application(mine, receipt),
                        one -> one.path("state").asText().equals(state));
    }

    private static void awaitRow(TokenSet session, int attempts) {
        Awaitility.await("attempt " + attempts)
                .until(() -> NoticeRow.of(REALM, session.sessionId()).stream()
                        .anyMatch(row -> row.attempts() >= attempts && row.outcome() != null));
    }
}
