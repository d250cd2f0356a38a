package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a crash and a stop leave behind, once the server is there again. */
class CrashIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().on(ServerOptions.named("crash"));

    private KeycloakProcess keycloak;

    @BeforeEach
    void itCanBeKilled() {
        var process = REALM.server().process();
        assumeTrue(process.isPresent(), "a container is not killed");
        keycloak = process.get();
    }

    /** As in stock Keycloak, which keeps its sessions in the database. */
    @Test
    void sessionsOutliveACrash() {
        var tokens = REALM.tokens().signIn("staff");

        keycloak.kill();
        keycloak.restart();

        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
    }

    @Test
    void aSessionThatWasEndedBeforeACrashStaysEnded() {
        var mine = REALM.tokens().signIn("nurse");
        var other = REALM.tokens().signIn("nurse");
        var ended = Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);
        assertThat(ended.status()).isEqualTo(204);

        keycloak.kill();
        keycloak.restart();

        assertThat(REALM.tokens().refresh(other).status()).isEqualTo(400);
        assertThat(REALM.tokens().refresh(mine).status()).isEqualTo(200);
    }

    @Test
    void sessionsOutliveAStop() {
        var tokens = REALM.tokens().signIn("doctor");
        var rows = new ActivityRows(REALM, tokens.sessionId()).registered();
        report(tokens);
        var before = System.currentTimeMillis();
        report(tokens);

        keycloak.stop();
        assertThat(rows.lastBeat()).as("what waited is stored").isGreaterThanOrEqualTo(before);
        keycloak.restart();

        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
        assertThat(REALM.sessionCount("doctor")).isEqualTo(1);
    }

    private static void report(TokenSet tokens) {
        assertThat(Http.bearer("POST", REALM.api("me/activity"), tokens.accessToken(), null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aClientThatWasDownIsToldAfterACrash() {
        try (var app = new LogoutListener(REALM, sid -> {})) {
            app.listenFor(Tokens.APP);
            app.down();
            var mine = REALM.tokens().signIn("private");
            var other = REALM.tokens().signIn("private");
            var ended = Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);
            assertThat(ended.status()).isEqualTo(204);

            keycloak.kill();
            app.up();
            keycloak.restart();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> NoticeRow.of(REALM, other.sessionId()).stream()
                            .allMatch(row -> row.state().equals("ANSWERED")));
            assertThat(app.received(other.sessionId())).hasSize(1);
            assertThat(app.complaints()).isEmpty();
        }
    }

    @Test
    void whatWasBeingEndedIsFinishedOrHasNotBegun() throws Exception {
        REALM.addUser("crasher", "C", "Rasher");
        var mine = REALM.tokens().signIn("crasher");
        var victims = new ArrayList<TokenSet>();
        for (var i = 0; i < 30; i++) {
            victims.add(REALM.tokens().signIn("crasher"));
        }
        var answered = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(4);
        for (var victim : victims) {
            pool.execute(() -> {
                Http.bearer("DELETE", REALM.api("me/sessions/" + victim.sessionId()), mine.accessToken(), null);
                answered.incrementAndGet();
            });
        }
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> answered.get() >= 5);
        keycloak.kill();
        pool.shutdownNow();
        keycloak.restart();

        var database = REALM.server().database();
        Awaitility.await("what was begun is finished")
                .atMost(Duration.ofSeconds(60))
                .until(() -> database.number(
                                        "SELECT COUNT(*) FROM CLINIC_ENDED_SESSION WHERE REALM_ID = ? AND SEQ IS NULL",
                                        REALM.id())
                                + database.number(
                                        "SELECT COUNT(*) FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ? AND STATE = 'PENDING'",
                                        REALM.id())
                        == 0);
        var ends = REALM.ledgerOf("crasher").stream()
                .filter(row -> "SESSION_ENDED".equals(row.action()))
                .map(LedgerRow::sessionRef)
                .toList();
        assertThat(ends).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
        for (var victim : victims) {
            var lives = REALM.tokens().refresh(victim).status() == 200;
            assertThat(ends.contains(Ledger.reference(victim.sessionId())))
                    .as("row of a session that " + (lives ? "lives" : "has ended"))
                    .isNotEqualTo(lives);
        }
    }
}
