package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * While the ledger's table is away, or locked by somebody, people sign in as ever, and the rows wait on the server's disk; once
 * it is back, each row is in it, once.
 */
class LedgerSpoolIT {

    private static final ServerOptions SPOOL =
            ServerOptions.named("spool").runWith("--spi-events-listener--clinic-sessions--spool-retry-interval=1");

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().on(SPOOL);

    @RegisterExtension
    static final TestRealm LIMITED = TestRealm.clinic()
            .with(SessionLimits::withoutAuthenticator)
            .with(json -> json.putObject("attributes")
                    .put("clinicSessions.maxSessions", "1")
                    .put("clinicSessions.limitBehavior", "end-least-recent"))
            .on(SPOOL);

    private static final String WAITING = "ledger: rows waiting in the spool";
    private static final String SPOOLED = "ledger: rows spooled since the start";
    private static final String LOST = "ledger: rows lost (in the log only)";
    private static final int SIGN_INS = 10;
    private static final String AWAY = "CLINIC_SESSION_LEDGER_AWAY";

    private static final List<String> REGISTRY = List.of(
            "CLINIC_LIVING_SESSION",
            "CLINIC_ENDED_SESSION",
            "CLINIC_FEED_HEAD",
            "CLINIC_SIGN_OUT",
            "CLINIC_END_NOTICE",
            "CLINIC_LIMIT_LOCK");

    private boolean away;

    @AfterEach
    void theTableIsBack() throws SQLException {
        if (away) {
            rename(AWAY, "CLINIC_SESSION_LEDGER");
            away = false;
        }
    }

    @Test
    void whileTheTableIsAwayRowsWaitOnTheDiskAndArriveOnceAfterwards() throws SQLException {
        REALM.addUser("waiter", "W", "Aiter");
        var user = REALM.userId("waiter");
        var ordinary = quickestSignIn();
        REALM.ledger().await(REALM.id(), REALM.userId("nurse"), rows -> rows.size() == SIGN_INS);
        var spooledBefore = shown(SPOOLED);
        takeAway();

        var sessions = IntStream.range(0, 5)
                .mapToObj(i -> REALM.tokens().signIn("waiter", Device.FIREFOX_ON_WINDOWS.userAgent()))
                .toList();
        await().untilAsserted(() -> assertThat(shown(WAITING)).isEqualTo(5));
        // Now that every row goes to the disk: no slower than before, with room for a machine that does something else.
        assertThat(quickestSignIn()).isLessThan(ordinary.multipliedBy(2).plusMillis(50));
        await().untilAsserted(() -> assertThat(shown(WAITING)).isEqualTo(5 + SIGN_INS));
        assertThat(shown(SPOOLED)).isEqualTo(spooledBefore + 5 + SIGN_INS);
        theTableIsBack();

        await().untilAsserted(() -> assertThat(shown(WAITING)).isZero());
        assertThat(REALM.ledger().rows(REALM.id(), user))
                .allSatisfy(row -> {
                    assertThat(row.action()).isEqualTo("SESSION_STARTED");
                    assertThat(row.username()).isEqualTo("waiter");
                    assertThat(row.device()).isEqualTo("Firefox on Windows");
                    assertThat(row.state()).isEqualTo("DONE");
                })
                .extracting(LedgerRow::sessionRef)
                .containsExactlyInAnyOrderElementsOf(references(sessions));
        assertThat(shown(LOST)).isZero();
    }

    @Test
    void whileTheTableIsAwaySessionsEndAllTheSame() throws SQLException {
        REALM.addUser("ender", "E", "Nder");
        var user = REALM.userId("ender");
        var mine = REALM.tokens().signIn("ender", Device.FIREFOX_ON_WINDOWS.userAgent());
        var byUs = REALM.tokens().signIn("ender", Device.FIREFOX_ON_WINDOWS.userAgent());
        var byKeycloak = REALM.tokens().signIn("ender", Device.FIREFOX_ON_WINDOWS.userAgent());
        REALM.ledger().await(REALM.id(), user, rows -> rows.size() == 3);
        takeAway();

        assertThat(Http.bearer("DELETE", REALM.api("me/sessions/" + byUs.sessionId()), mine.accessToken(), null)
                        .status())
                .isEqualTo(204);
        REALM.admin().deleteSession(byKeycloak.sessionId(), false);
        assertThat(REALM.tokens().introspect(byUs)).isFalse();
        assertThat(REALM.tokens().introspect(byKeycloak)).isFalse();
        theTableIsBack();

        var ended = REALM.ledger().await(REALM.id(), user, rows -> rows.size() == 5).stream()
                .filter(row -> "SESSION_ENDED".equals(row.action()))
                .toList();
        assertThat(ended)
                .extracting(LedgerRow::sessionRef, LedgerRow::cause, LedgerRow::state, LedgerRow::device)
                .containsExactlyInAnyOrder(
                        tuple(Ledger.reference(byUs.sessionId()), "ENDED_BY_USER", "DONE", "Firefox on Windows"),
                        tuple(
                                Ledger.reference(byKeycloak.sessionId()),
                                "ENDED_BY_ADMIN",
                                "DONE",
                                "Firefox on Windows"));
        assertThat(REALM.server()
                        .database()
                        .number(
                                "SELECT COUNT(*) FROM CLINIC_ENDED_SESSION WHERE USER_ID = ? AND SEQ IS NOT NULL",
                                user))
                .isEqualTo(2);
    }

    @Test
    void whileTheTableIsAwayALimitHoldsAllTheSame() throws SQLException {
        takeAway();
        var first = LIMITED.tokens().signIn("nurse", Device.FIREFOX_ON_WINDOWS.userAgent());
        var second = LIMITED.tokens().signIn("nurse");

        assertThat(LIMITED.tokens().introspect(first)).isFalse();
        assertThat(LIMITED.tokens().introspect(second)).isTrue();
        theTableIsBack();

        var rows = LIMITED.ledger().await(LIMITED.id(), LIMITED.userId("nurse"), all -> all.size() == 4);
        assertThat(rows)
                .extracting(LedgerRow::action)
                .containsExactlyInAnyOrder("SESSION_STARTED", "SESSION_STARTED", "SESSION_ENDED", "LIMIT_REACHED");
        assertThat(rows.stream().filter(row -> "SESSION_ENDED".equals(row.action())))
                .extracting(LedgerRow::sessionRef, LedgerRow::cause, LedgerRow::state, LedgerRow::device)
                .containsExactly(
                        tuple(Ledger.reference(first.sessionId()), "SESSION_LIMIT", "DONE", "Firefox on Windows"));
    }

    @Test
    void withoutTheRegistryPeopleSignInAndSessionsEndAllTheSame() throws SQLException {
        REALM.addUser("nobody", "N", "Obody");
        var database = REALM.server().database();
        for (var table : REGISTRY) {
            database.update("ALTER TABLE " + table + " RENAME TO " + table + "_AWAY");
        }
        try {
            var mine = REALM.tokens().signIn("nobody");
            var byUs = REALM.tokens().signIn("nobody");
            var byAdmin = REALM.tokens().signIn("nobody");
            var byThemselves = REALM.tokens().signIn("nobody");

            assertThat(Http.bearer("DELETE", REALM.api("me/sessions/" + byUs.sessionId()), mine.accessToken(), null)
                            .status())
                    .isEqualTo(204);
            REALM.admin().deleteSession(byAdmin.sessionId(), false);
            assertThat(REALM.tokens().signOut(byThemselves).status()).isEqualTo(204);
            REALM.user("nobody").logout();

            for (var i = 0; i < 2; i++) {
                assertThat(LIMITED.tokens().introspect(LIMITED.tokens().signIn("staff")))
                        .as("nothing is ended by a limit that cannot be kept")
                        .isTrue();
            }
            for (var session : List.of(mine, byUs, byAdmin, byThemselves)) {
                assertThat(REALM.tokens().introspect(session)).isFalse();
                assertThat(REALM.tokens().refresh(session).status()).isEqualTo(400);
            }
        } finally {
            for (var table : REGISTRY) {
                database.update("ALTER TABLE " + table + "_AWAY RENAME TO " + table);
            }
        }
        // Those that Keycloak named are in the ledger; the last one it did not name.
        var ended = REALM.ledger().await(REALM.id(), REALM.userId("nobody"), rows -> ends(rows) >= 3);
        assertThat(ended.stream().filter(row -> "SESSION_ENDED".equals(row.action())))
                .extracting(LedgerRow::cause)
                .contains("ENDED_BY_USER", "ENDED_BY_ADMIN", "SIGNED_OUT");
    }

    private static long ends(List<LedgerRow> rows) {
        return rows.stream().filter(row -> "SESSION_ENDED".equals(row.action())).count();
    }

    /** A lock does not refuse, it hangs: the thread that writes is taken past by the one that keeps rows on the disk. */
    @Test
    void whileTheTableIsLockedSignInsGoOnAndRowsArriveOnceAfterwards() throws SQLException {
        REALM.addUser("locked", "L", "Ocked");
        var user = REALM.userId("locked");
        var sessions = new ArrayList<TokenSet>();
        try (var connection = REALM.server().database().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE CLINIC_SESSION_LEDGER IN ACCESS EXCLUSIVE MODE");
            sessions.add(REALM.tokens().signIn("locked"));
            await().untilAsserted(() ->
                    assertThat(shown("ledger: rows waiting in memory")).isZero());
            for (var i = 0; i < 4; i++) {
                sessions.add(REALM.tokens().signIn("locked"));
            }
            await().untilAsserted(() -> assertThat(shown(WAITING)).isPositive());
            connection.rollback();
        }

        await().untilAsserted(() -> assertThat(REALM.ledger().rows(REALM.id(), user))
                .extracting(LedgerRow::sessionRef)
                .containsExactlyInAnyOrderElementsOf(references(sessions)));
        await().untilAsserted(() -> assertThat(shown(WAITING)).isZero());
        assertThat(shown(LOST)).isZero();
    }

    @Test
    void rowsSurviveAStopOfTheServer() throws SQLException {
        REALM.addUser("survivor", "S", "Urvivor");
        var user = REALM.userId("survivor");
        var process = REALM.server().process();
        assumeTrue(process.isPresent(), "a container is not stopped");
        takeAway();
        var session = REALM.tokens().signIn("survivor");

        process.get().stop();
        theTableIsBack();
        assertThat(REALM.ledger().rows(REALM.id(), user)).isEmpty();
        process.get().restart();

        assertThat(REALM.ledger().await(REALM.id(), user, rows -> !rows.isEmpty()))
                .extracting(LedgerRow::sessionRef)
                .containsExactly(Ledger.reference(session.sessionId()));
    }

    private static Duration quickestSignIn() {
        var quickest = Long.MAX_VALUE;
        for (var i = 0; i < SIGN_INS; i++) {
            var began = System.nanoTime();
            REALM.tokens().signIn("nurse");
            quickest = Math.min(quickest, System.nanoTime() - began);
        }
        return Duration.ofNanos(quickest);
    }

    private void takeAway() throws SQLException {
        rename("CLINIC_SESSION_LEDGER", AWAY);
        away = true;
    }

    private static void rename(String from, String to) throws SQLException {
        new ChainTables(REALM.server().database(), REALM.id()).execute("ALTER TABLE " + from + " RENAME TO " + to);
    }

    private static List<String> references(List<TokenSet> sessions) {
        return sessions.stream()
                .map(session -> Ledger.reference(session.sessionId()))
                .toList();
    }

    private static long shown(String key) {
        var server = REALM.server();
        JsonNode info = Http.bearer("GET", server.url() + "/admin/serverinfo", server.adminToken(), null)
                .json()
                .at("/providers/eventsListener/providers/clinic-sessions/operationalInfo");
        return Long.parseLong(info.path(key).asText());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
