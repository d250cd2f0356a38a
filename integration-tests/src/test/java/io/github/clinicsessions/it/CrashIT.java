package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Test
    void aCrashLosesNothing() {
        // as in stock Keycloak, which keeps its sessions in the database
        var living = REALM.tokens().signIn("staff");
        var mine = REALM.tokens().signIn("nurse");
        var told = end("nurse");
        var token = REALM.tokens().serviceAccount().accessToken();
        var read = Awaitility.await()
                .until(
                        () -> FeedIT.get(REALM, token, "", Map.of()),
                        feed -> FeedIT.sids(feed).contains(told.sessionId()));
        var unread = end("doctor");
        try (var app = new LogoutListener(REALM, sid -> {})) {
            app.listenFor(Tokens.APP);
            app.down();
            var untold = end("private");

            keycloak.kill();
            app.up();
            keycloak.restart();

            assertThat(REALM.tokens().refresh(living).status()).isEqualTo(200);
            assertThat(REALM.tokens().refresh(mine).status()).isEqualTo(200);
            for (var ended : List.of(told, unread, untold)) {
                assertThat(REALM.tokens().refresh(ended).status()).isEqualTo(400);
            }

            var next = FeedIT.get(REALM, token, "?since=" + FeedIT.cursor(read), Map.of());
            assertThat(FeedIT.sids(next))
                    .startsWith(unread.sessionId())
                    .doesNotContain(told.sessionId(), living.sessionId(), mine.sessionId());
            assertThat(FeedIT.sids(FeedIT.get(REALM, token, "", Map.of())))
                    .contains(told.sessionId(), unread.sessionId());

            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> NoticeRow.of(REALM, untold.sessionId()).stream()
                            .allMatch(row -> row.state().equals("ANSWERED")));
            assertThat(app.received(untold.sessionId())).hasSize(1);
            assertThat(app.complaints()).isEmpty();
        }
    }

    /** Signs the person in twice; ends the second session by the first. */
    private static TokenSet end(String username) {
        var mine = REALM.tokens().signIn(username);
        var other = REALM.tokens().signIn(username);
        var ended = Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);
        assertThat(ended.status()).isEqualTo(204);
        return other;
    }

    @Test
    void sessionsOutliveAStop() {
        REALM.addUser("stopped", "S", "Topped");
        var tokens = REALM.tokens().signIn("stopped");
        var rows = new ActivityRows(REALM, tokens.sessionId()).registered();
        report(tokens);
        var before = System.currentTimeMillis();
        report(tokens);

        keycloak.stop();
        assertThat(rows.lastBeat()).as("what waited is stored").isGreaterThanOrEqualTo(before);
        keycloak.restart();

        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
        assertThat(REALM.sessionCount("stopped")).isEqualTo(1);
    }

    /** Somebody is there until the crash: of what the node had heard, 15 seconds are lost at most. */
    @Test
    void aCrashLosesTheLastReportsAtMost() {
        REALM.addUser("reporting", "R", "Eporting");
        var tokens = REALM.tokens().signIn("reporting");
        var rows = new ActivityRows(REALM, tokens.sessionId()).registered();
        report(tokens); // stored at once: the application is switched over by it
        var storedAtOnce = rows.lastBeat();
        var atMost = Duration.ofSeconds(15).toMillis();

        var reported = storedAtOnce;
        while (reported <= storedAtOnce + atMost) {
            IdleTimes.nobodyIsThereFor(Duration.ofMillis(500));
            reported = System.currentTimeMillis();
            report(tokens);
        }
        keycloak.kill();
        var lost = System.currentTimeMillis() - rows.lastBeat();
        keycloak.restart();

        assertThat(rows.lastBeat()).isGreaterThan(storedAtOnce);
        assertThat(lost).as("ms of reports that are lost").isLessThanOrEqualTo(atMost);
        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
        assertThat(rows.reportingClients()).isNotEmpty();
    }

    private static void report(TokenSet tokens) {
        assertThat(Http.bearer("POST", REALM.api("me/activity"), tokens.accessToken(), null)
                        .status())
                .isEqualTo(200);
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
