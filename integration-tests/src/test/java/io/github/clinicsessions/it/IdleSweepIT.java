package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.RoleRepresentation;

/** Sessions in which nobody is end by themselves, in time. */
class IdleSweepIT {

    private static final ServerOptions SECONDS = ServerOptions.named("idle")
            .runWith(IdleTimes.SECONDS_PER_MINUTE, "--log-level=info,io.github.clinicsessions.session.IdleSweep:debug")
            .asCluster();

    private static final Duration LIMIT = Duration.ofSeconds(8);

    /** Each test has persons of its own, so that one's rule is not another's. */
    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic()
            .on(SECONDS)
            .with(json -> json.putObject("attributes").put(IdleTimes.MINUTES, String.valueOf(LIMIT.toSeconds())));

    /** The same, and offline access is bounded as sessions are. */
    @RegisterExtension
    static final TestRealm BOUND_OFFLINE = TestRealm.clinic()
            .on(SECONDS)
            .with(json -> json.putObject("attributes")
                    .put(IdleTimes.MINUTES, String.valueOf(LIMIT.toSeconds()))
                    .put("clinicSessions.boundOffline", "true"));

    /** Without a setting: Keycloak's 30 minutes. */
    @RegisterExtension
    static final TestRealm UNSET = TestRealm.clinic().on(SECONDS);

    @RegisterExtension
    static final TestRealm CLINICS = TestRealm.clinics().on(SECONDS);

    private final IdleTimes times = new IdleTimes(REALM);

    /** Four at once: who is signed out, and who is not. */
    @Test
    void aTabIsNoHuman() {
        var left = REALM.tokens().signIn("staff");
        var tab = REALM.tokens().signIn("nurse");
        var typing = REALM.tokens().signIn("doctor");
        var other = REALM.tokens().signIn("private");
        times.beat(tab);
        var lastInput = System.nanoTime();
        times.beat(typing);

        Duration refused = null;
        while (refused == null || sinceNanos(lastInput).compareTo(LIMIT.multipliedBy(3)) < 0) {
            assertThat(sinceNanos(lastInput)).isLessThan(LIMIT.multipliedBy(6));
            if (refused == null) {
                var answer = REALM.tokens().refresh(tab);
                if (answer.status() == 200) {
                    tab = TokenSet.of(answer.json());
                } else {
                    assertThat(answer.status()).isEqualTo(400);
                    refused = sinceNanos(lastInput);
                }
            }
            other = TokenSet.of(REALM.tokens().refresh(other).json());
            times.beat(typing);
            IdleTimes.nobodyIsThereFor(Duration.ofSeconds(1));
        }

        assertThat(refused).as("a tab that refreshes").isBetween(LIMIT.minusSeconds(1), LIMIT.plus(IdleTimes.LATE));
        assertThat(REALM.tokens().introspect(typing)).as("a person who types").isTrue();
        assertThat(REALM.tokens().introspect(other))
                .as("a client that does not report")
                .isTrue();
        assertThat(times.ends("doctor", typing)).isEmpty();
        assertThat(times.ends("private", other)).isEmpty();
        for (var end :
                List.of(times.awaitEnd("nurse", tab, IdleTimes.LATE), times.awaitEnd("staff", left, IdleTimes.LATE))) {
            assertThat(end.cause()).isEqualTo("IDLE_TIMEOUT");
            assertThat(end.actorType()).isEqualTo("SYSTEM");
        }
        assertThat(times.ends("nurse", tab)).hasSize(1);
    }

    /** Nobody asks for the session: only the sweep can end it. */
    @Test
    void withinFifteenSecondsOfBeingDue() {
        REALM.addUser("sleeper", "S", "Leeper");
        var tokens = REALM.tokens().signIn("sleeper");
        var due = System.currentTimeMillis() + LIMIT.toMillis();

        var end = times.awaitEnd("sleeper", tokens, LIMIT.plus(IdleTimes.LATE));

        assertThat(end.cause()).isEqualTo("IDLE_TIMEOUT");
        assertThat(end.occurredAt()).isBetween(due - 1_500, due + IdleTimes.LATE.toMillis());
        assertThat(REALM.sessionCount("sleeper")).isZero();
        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(400);
    }

    @Test
    void offlineAccessSurvives() {
        REALM.addUser("phone", "P", "Hone");
        var browser = new HttpBrowser();
        var tokens = signInOfflineToo(REALM, browser, "phone");

        var end = times.awaitEnd("phone", tokens, LIMIT.plus(IdleTimes.LATE));

        assertThat(end.cause()).isEqualTo("IDLE_TIMEOUT");
        assertThat(Objects.requireNonNull(end.details())).contains("\"offlineAccess\":\"kept\"");
        assertThat(rows(tokens)).isEqualTo(1);
        assertThat(browser.open(
                                REALM.tokens().signInUrl("openid", Map.of("prompt", "none")),
                                REALM.tokens().callback())
                        .header("Location"))
                .contains("error=login_required");
        var refreshed = REALM.tokens().refresh(tokens);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(REALM.tokens().introspect(TokenSet.of(refreshed.json()))).isTrue();
        assertThat(tombstones(REALM, tokens))
                .as("a tombstone would end what lives")
                .isZero();
        assertThat(times.dueAt(tokens)).as("nobody looks at it any more").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void offlineAccessThatIsBoundedEndsToo() {
        var browser = new HttpBrowser();
        var tokens = signInOfflineToo(BOUND_OFFLINE, browser, "nurse");

        var end = new IdleTimes(BOUND_OFFLINE).awaitEnd("nurse", tokens, LIMIT.plus(IdleTimes.LATE));

        assertThat(end.cause()).isEqualTo("IDLE_TIMEOUT");
        assertThat(String.valueOf(end.details())).doesNotContain("offlineAccess");
        assertThat(rows(tokens)).isZero();
        assertThat(BOUND_OFFLINE.tokens().refresh(tokens).status()).isEqualTo(400);
        assertThat(BOUND_OFFLINE.tokens().introspect(tokens)).isFalse();
        assertThat(tombstones(BOUND_OFFLINE, tokens)).isEqualTo(1);
    }

    /** An online session and, under its id, offline access. */
    private static TokenSet signInOfflineToo(TestRealm realm, HttpBrowser browser, String username) {
        browser.signIn(realm.account("sessions"), "no such end", username); // else Keycloak keeps no online session
        var answer = browser.open(
                realm.tokens().signInUrl("openid offline_access", Map.of()),
                realm.tokens().callback());
        var tokens = realm.tokens().redeem(code(answer.header("Location")));
        assertThat(rows(tokens)).as("online and offline").isEqualTo(2);
        return tokens;
    }

    private static long tombstones(TestRealm realm, TokenSet tokens) {
        return realm.server()
                .database()
                .number(
                        "SELECT COUNT(*) FROM CLINIC_ENDED_SESSION WHERE REALM_ID = ? AND SESSION_ID = ?",
                        realm.id(),
                        tokens.sessionId());
    }

    /** Of living sessions that nobody had to look at for half an hour. */
    @Test
    void aSettingActsAtOnceAndSoDoesARole() {
        var unset = new IdleTimes(UNSET);
        var role = new RoleRepresentation();
        role.setName("reception");
        UNSET.admin().roles().create(role);
        var byRole = UNSET.tokens().signIn("doctor");
        unset.setAttribute(IdleTimes.MINUTES + ".role.reception", "3");
        var bySetting = UNSET.tokens().signIn("nurse");
        unset.awaitLook(byRole);
        unset.awaitLook(bySetting);
        assertThat(unset.dueAt(byRole) - System.currentTimeMillis()).isGreaterThan(600_000);

        UNSET.user("doctor")
                .roles()
                .realmLevel()
                .add(List.of(UNSET.admin().roles().get("reception").toRepresentation()));
        unset.awaitEnd("doctor", byRole, IdleTimes.LATE.plusSeconds(3));
        assertThat(UNSET.tokens().introspect(bySetting)).isTrue();

        unset.set(2);
        unset.awaitEnd("nurse", bySetting, IdleTimes.LATE.plusSeconds(2));
    }

    @Test
    void twoClinicsHaveTheirOwn() {
        var clinics = new IdleTimes(CLINICS);
        var north = CLINICS.tokens().signIn("north-owner");
        var south = CLINICS.tokens().signIn("south-owner");
        var both = CLINICS.tokens().signIn("both");
        for (var one : List.of(north, south, both)) {
            clinics.awaitLook(one);
        }

        new Organizations(CLINICS)
                .change("north", organization -> organization.singleAttribute(IdleTimes.MINUTES, "2"));

        clinics.awaitEnd("north-owner", north, IdleTimes.LATE.plusSeconds(2));
        clinics.awaitEnd("both", both, IdleTimes.LATE.plusSeconds(2));
        assertThat(CLINICS.tokens().introspect(south)).isTrue();
        new Organizations(CLINICS).join("north", "south-owner");
        clinics.awaitEnd("south-owner", south, IdleTimes.LATE.plusSeconds(2));
    }

    /** The sweeping node dies in the midst of it: a lock on the registry holds it there. */
    @Test
    void anotherNodeTakesOver() throws Exception {
        var joined = REALM.server().second();
        assumeTrue(joined.isPresent(), "no second node here");
        var userId = REALM.addUser("crashed", "C", "Rashed");
        var first = REALM.server().process().orElseThrow();
        var firstLog = REALM.server().log().orElseThrow();
        try (var second = joined.get()) {
            var secondLog = Objects.requireNonNull(second.log());
            var tokens = REALM.tokens().signIn("crashed");
            times.awaitLook(tokens);
            try (var lock = REALM.server().database().connect()) {
                lock.setAutoCommit(false);
                try (var statement = lock.createStatement()) {
                    statement.execute("LOCK TABLE CLINIC_LIVING_SESSION IN ACCESS EXCLUSIVE MODE");
                }
                Awaitility.await("a sweep is held up")
                        .atMost(Duration.ofSeconds(40))
                        .during(Duration.ofSeconds(2))
                        .until(() -> isSweeping(firstLog) || isSweeping(secondLog));
                (isSweeping(firstLog) ? first : second.process().orElseThrow()).kill();
                lock.rollback();
            }

            var end = times.awaitEndOf(userId, tokens, Duration.ofSeconds(30));

            assertThat(end.cause()).isEqualTo("IDLE_TIMEOUT");
        } finally {
            first.restart();
        }
    }

    private static boolean isSweeping(Path log) throws IOException {
        var lines = Files.readString(log);
        return lines.lastIndexOf("sweep begins") > lines.lastIndexOf("sweep ends");
    }

    private static long rows(TokenSet tokens) {
        return REALM.server()
                .database()
                .number("SELECT COUNT(*) FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ?", tokens.sessionId());
    }

    static String code(String location) {
        var found = Pattern.compile("[?&]code=([^&]+)").matcher(location);
        assertThat(found.find()).as(location).isTrue();
        return found.group(1);
    }

    private static Duration sinceNanos(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
