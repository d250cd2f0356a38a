package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserSessionRepresentation;

/** The authenticator {@code clinic-session-limit} in the flows that it is for, and where it should not be. */
class SessionLimitFlowIT {

    private static final String BROWSER = "limited browser";
    private static final String DIRECT = "limited direct grant";
    private static final String BEFORE_OTP = "ours before OTP";
    private static final String INSIDE = "ours inside before OTP";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static LimitFlows flows;

    @BeforeAll
    static void theRealmHasTheAuthenticator() {
        flows = new LimitFlows(REALM);
        flows.browser(BROWSER);
        flows.directGrant(DIRECT);
        flows.browserBeforeOtp(BEFORE_OTP);
        flows.insideBeforeOtp(INSIDE);
    }

    @BeforeEach
    void noLimit() {
        flows.configure(BROWSER, Map.of());
        flows.configure(DIRECT, Map.of());
    }

    @Test
    void withoutANumberItDoesNothing() {
        var user = person();
        var first = REALM.tokens().signIn(user);

        assertThat(LimitedSignIn.begin(REALM, user).isComplete()).isTrue();
        assertThat(LimitedSignIn.begin(REALM, user).isComplete()).isTrue();
        assertThat(REALM.tokens().introspect(first)).isTrue();
        assertThat(rows(user, "LIMIT_REACHED")).isEmpty();
    }

    @Test
    void whatIsChosenEndsOnceTheSignInIsComplete() {
        flows.configure(BROWSER, Map.of("maxSessions", "2", "limitBehavior", "choose"));
        var user = person();
        var one = REALM.tokens().signIn(user, Device.CHROME_ON_MAC.userAgent());
        var other = REALM.tokens().signIn(user, Device.FIREFOX_ON_WINDOWS.userAgent());

        var signIn = LimitedSignIn.begin(REALM, user);

        assertThat(signIn.isAsked()).isTrue();
        assertThat(signIn.seen().status()).isEqualTo(200);
        assertThat(signIn.seen().header("Cache-Control")).contains("no-store");
        assertThat(signIn.listed()).containsExactlyInAnyOrder(one.sessionId(), other.sessionId());
        assertThat(signIn.checked()).isEmpty();
        assertThat(List.of(one, other)).allMatch(REALM.tokens()::introspect);

        signIn.choose(one.sessionId());

        var tokens = signIn.tokens();
        assertThat(REALM.tokens().introspect(tokens)).isTrue();
        assertThat(REALM.tokens().introspect(one)).isFalse();
        assertThat(REALM.tokens().introspect(other)).isTrue();
        var ended = REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId(user),
                        rows -> rows.stream().anyMatch(row -> row.action().equals("SESSION_ENDED")));
        assertThat(ended)
                .filteredOn(row -> row.action().equals("SESSION_ENDED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.cause()).isEqualTo("SESSION_LIMIT");
                    assertThat(row.sessionRef()).isEqualTo(Ledger.reference(one.sessionId()));
                    assertThat(row.actorType()).isEqualTo("SELF");
                });
        assertThat(rows(user, "LIMIT_REACHED"))
                .singleElement()
                .satisfies(row -> assertThat(details(row))
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("limit", "2", "behavior", "choose", "by", "flow", "outcome", "asked")));
    }

    @Test
    void ofTwoWhoChooseAtTheSameTimeNeitherLeavesFewerThanAllowed() {
        flows.configure(BROWSER, Map.of("maxSessions", "2", "limitBehavior", "choose"));
        for (var round = 0; round < 4; round++) {
            var user = person();
            var one = REALM.tokens().signIn(user).sessionId();
            var other = REALM.tokens().signIn(user).sessionId();
            var here = LimitedSignIn.begin(REALM, user);
            var there = LimitedSignIn.begin(REALM, user);
            assertThat(List.of(here, there)).allMatch(LimitedSignIn::isAsked);

            var both = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> here.choose(one)),
                    CompletableFuture.runAsync(() -> there.choose(other)));
            both.join();

            assertThat(REALM.user(user).getUserSessions()).hasSize(2);
            assertThat(List.of(here, there)).allMatch(LimitedSignIn::isComplete);
        }
    }

    @Test
    void tooFewOrForgedIsAskedAgainAndEndsNothing() {
        flows.configure(BROWSER, Map.of("maxSessions", "2", "limitBehavior", "choose"));
        var user = person();
        var mine = Stream.generate(() -> REALM.tokens().signIn(user)).limit(4).toList();
        var stranger = REALM.tokens().signIn(person());

        var signIn = LimitedSignIn.begin(REALM, user);
        signIn.choose(mine.get(0).sessionId());
        assertThat(signIn.isAsked()).isTrue();
        assertThat(signIn.seen().body()).contains("at least 3 sessions: one is chosen");
        assertThat(signIn.checked()).containsExactly(mine.get(0).sessionId());

        var first = mine.get(0).sessionId();
        signIn.choose(first, first, first);
        assertThat(signIn.isAsked()).as("one of mine three times").isTrue();
        signIn.choose(first, stranger.sessionId(), stranger.sessionId());
        assertThat(signIn.isAsked()).as("another person's").isTrue();
        assertThat(signIn.listed()).doesNotContain(stranger.sessionId());
        assertThat(signIn.seen().body()).doesNotContain(stranger.sessionId());
        signIn.choose("<script>alert(1)</script>", "", "..", "x".repeat(5000), first);
        assertThat(signIn.isAsked()).as("garbage").isTrue();
        assertThat(signIn.seen().body()).doesNotContain("alert(1)").contains("one is chosen");
        signIn.choose(Stream.concat(
                IntStream.range(0, 998).mapToObj(i -> UUID.randomUUID().toString()), Stream.of(first)));
        assertThat(signIn.isAsked()).as("a thousand").isTrue();
        assertThat(mine).allMatch(REALM.tokens()::introspect);
        assertThat(REALM.tokens().introspect(stranger)).isTrue();

        signIn.choose(mine.stream().limit(3).map(TokenSet::sessionId));
        assertThat(REALM.tokens().introspect(signIn.tokens())).isTrue();
        assertThat(mine.stream().filter(REALM.tokens()::introspect)).containsExactly(mine.get(3));
        assertThat(REALM.tokens().introspect(stranger)).isTrue();
        assertThat(rows(user, "LIMIT_REACHED")).as("one row for a sign-in").hasSize(1);
    }

    @Test
    void cancelGoesBackToTheApplicationAndAnOldPageEndsNothing() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "choose"));
        var user = person();
        var there = REALM.tokens().signIn(user);

        var signIn = LimitedSignIn.begin(REALM, user);
        var form = signIn.action();
        signIn.cancel();

        assertThat(signIn.seen().header("Location"))
                .startsWith(REALM.tokens().callback())
                .contains("error=access_denied");
        var late = signIn.browser().postEncoded(form, "session=" + there.sessionId());
        assertThat(late.header("Location")).doesNotContain("code=");
        assertThat(REALM.tokens().introspect(there)).isTrue();
        assertThat(REALM.sessionCount(user)).isEqualTo(1);
    }

    @Test
    void sendingThePageTwiceSignsInOnce() {
        flows.configure(BROWSER, Map.of("maxSessions", "2", "limitBehavior", "choose"));
        var user = person();
        var one = REALM.tokens().signIn(user);
        var other = REALM.tokens().signIn(user);

        var signIn = LimitedSignIn.begin(REALM, user);
        var form = signIn.action();
        signIn.choose(one.sessionId());
        var tokens = signIn.tokens();
        signIn.browser().postEncoded(form, "session=" + other.sessionId());

        assertThat(REALM.tokens().introspect(other))
                .as("what an old page asks for")
                .isTrue();
        assertThat(REALM.tokens().introspect(tokens)).isTrue();
        assertThat(REALM.sessionCount(user)).isEqualTo(2);
    }

    @Test
    void denySaysWhyAndLetsInWhenThereIsRoom() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "deny"));
        var user = person();
        var there = REALM.tokens().signIn(user);

        var signIn = LimitedSignIn.begin(REALM, user);

        assertThat(signIn.seen().status()).isEqualTo(403);
        assertThat(signIn.seen().body())
                .contains("Your account may have one session at a time")
                .doesNotContain(there.sessionId());
        assertThat(REALM.tokens().introspect(there)).isTrue();
        assertThat(await(user, "LIMIT_REACHED")).singleElement().satisfies(row -> {
            assertThat(details(row)).containsEntry("outcome", "refused").containsEntry("by", "flow");
            assertThat(row.actorType()).isEqualTo("SELF");
        });

        REALM.tokens().signOut(there);
        assertThat(LimitedSignIn.begin(REALM, signIn.browser(), user, Map.of()).isComplete())
                .isTrue();
    }

    @Test
    void refusedSignInsAreNoWrongPasswords() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "deny"));
        flows.configure(DIRECT, Map.of("maxSessions", "1", "limitBehavior", "deny"));
        var user = person();
        REALM.tokens().signIn(user);
        REALM.update(realm -> {
            realm.setBruteForceProtected(true);
            realm.setFailureFactor(1);
        });
        try {
            LimitedSignIn.begin(REALM, user);
            REALM.tokens().grant(user, user, "openid", Map.of());
            assertThat(failures(user)).isEqualTo("0");
            REALM.tokens().grant(user, "wrong", "openid", Map.of());
            Awaitility.await().untilAsserted(() -> assertThat(failures(user)).isEqualTo("1"));
        } finally {
            REALM.update(realm -> realm.setBruteForceProtected(false));
        }
    }

    @Test
    void endLeastRecentAsksNothingAndTheBrowserThatWasSignedOutIsToldWhy() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "end-least-recent"));
        var user = person();
        var first = LimitedSignIn.begin(REALM, user);
        var firstTokens = first.tokens();
        assertThat(REALM.tokens().introspect(firstTokens)).isTrue();

        var second = LimitedSignIn.begin(REALM, user).tokens();

        assertThat(REALM.tokens().introspect(firstTokens)).isFalse();
        assertThat(REALM.tokens().introspect(second)).isTrue();
        var other = first.browser().copy();

        var again = LimitedSignIn.open(REALM, first.browser(), Map.of());
        assertThat(again.seen().body())
                .contains("was signed out at this time: ")
                .contains(" UTC. Their account had more sessions");
        again.send("username=" + user + "&password=wrong");
        assertThat(again.seen().body()).contains("Invalid username or password").doesNotContain("was signed out");

        var german = LimitedSignIn.open(REALM, other, Map.of("ui_locales", "de"));
        assertThat(german.seen().body()).contains("Wer hier angemeldet war, wurde abgemeldet (");
        assertThat(LimitedSignIn.open(REALM, new HttpBrowser(), Map.of()).seen().body())
                .doesNotContain("was signed out");
        var silent = LimitedSignIn.begin(REALM, user);
        assertThat(silent.isComplete()).isTrue();
        LimitedSignIn.begin(REALM, user);
        var asked = LimitedSignIn.open(REALM, silent.browser(), Map.of("prompt", "none"));
        assertThat(asked.seen().header("Location")).contains("error=login_required");
        var seen = LimitedSignIn.open(REALM, silent.browser(), Map.of());
        assertThat(seen.seen().body())
                .as("the page that is seen after an application has asked silently")
                .contains("was signed out at this time: ");
        seen.send("username=" + user + "&password=" + user);
        REALM.tokens().signOut(seen.tokens());
        assertThat(LimitedSignIn.open(REALM, silent.browser(), Map.of()).seen().body())
                .as("after the next sign-in")
                .doesNotContain("was signed out");
        var signedOut = LimitedSignIn.begin(REALM, person());
        REALM.tokens().signOut(signedOut.tokens());
        assertThat(LimitedSignIn.open(REALM, signedOut.browser(), Map.of())
                        .seen()
                        .body())
                .as("for another reason")
                .contains("id=\"kc-form-login\"")
                .doesNotContain("was signed out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"choose", "deny"})
    void aDirectGrantIsRefusedWithTheReason(String behavior) {
        flows.configure(DIRECT, Map.of("maxSessions", "2", "limitBehavior", behavior));
        var user = person();
        var one = REALM.tokens().signIn(user);
        var other = REALM.tokens().signIn(user);

        var refused = REALM.tokens().grant(user, user, "openid", Map.of());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(refused.json().path("error_description").asText()).contains("at most 2 sessions");
        assertThat(List.of(one, other)).allMatch(REALM.tokens()::introspect);
        assertThat(await(user, "LIMIT_REACHED"))
                .singleElement()
                .satisfies(row -> assertThat(details(row))
                        .containsEntry("behavior", behavior)
                        .containsEntry("outcome", "refused"));
        assertThat(REALM.tokens().grant(user, "wrong", "openid", Map.of()).body())
                .as("whoever does not know the password")
                .doesNotContain("session");
    }

    @Test
    void aDirectGrantUnderEndLeastRecentEndsIt() {
        flows.configure(DIRECT, Map.of("maxSessions", "1", "limitBehavior", "end-least-recent"));
        var user = person();
        var one = REALM.tokens().signIn(user);
        var other = REALM.tokens().signIn(user);

        assertThat(REALM.tokens().introspect(one)).isFalse();
        assertThat(REALM.tokens().introspect(other)).isTrue();
    }

    @Test
    void theClinicsNumberCountsWithoutOneInTheFlowAndTheStricterWins() {
        flows.configure(BROWSER, Map.of("maxSessions", "3", "limitBehavior", "deny"));
        var user = person();
        REALM.tokens().signIn(user);
        set("2", "choose");
        try {
            assertThat(LimitedSignIn.begin(REALM, user).isComplete()).isTrue();
            assertThat(LimitedSignIn.begin(REALM, user).isAsked()).isTrue();
            set("5", "choose");
            REALM.tokens().signIn(user);
            assertThat(LimitedSignIn.begin(REALM, user).seen().status())
                    .as("the flow's 3, deny")
                    .isEqualTo(403);
            REALM.update(realm -> realm.setEventsListeners(List.of("jboss-logging")));
            assertThat(LimitedSignIn.begin(REALM, user).isComplete())
                    .as("switched off")
                    .isTrue();
        } finally {
            REALM.update(realm -> {
                realm.setEventsListeners(List.of("jboss-logging", "clinic-sessions"));
                realm.getAttributes().remove("clinicSessions.maxSessions");
                realm.getAttributes().remove("clinicSessions.limitBehavior");
            });
        }
    }

    @Test
    void rolesAreExemptOrHaveTheirOwnNumber() {
        role("night-shift");
        role("reception");
        flows.configure(
                BROWSER,
                Map.of(
                        "maxSessions", "1",
                        "limitBehavior", "deny",
                        "exemptRoles", "night-shift",
                        "roleMaxSessions", "[{\"key\":\"reception\",\"value\":\"2\"}]"));
        var exempt = person("night-shift");
        var own = person("reception");
        var none = person();
        for (var user : List.of(exempt, own, none)) {
            REALM.tokens().signIn(user);
        }

        assertThat(LimitedSignIn.begin(REALM, exempt).isComplete()).isTrue();
        assertThat(LimitedSignIn.begin(REALM, exempt).isComplete()).isTrue();
        assertThat(LimitedSignIn.begin(REALM, own).isComplete()).isTrue();
        assertThat(LimitedSignIn.begin(REALM, own).seen().body()).contains("2 sessions");
        assertThat(LimitedSignIn.begin(REALM, none).seen().status()).isEqualTo(403);
        assertThat(await(own, "LIMIT_REACHED"))
                .singleElement()
                .satisfies(row ->
                        assertThat(details(row)).containsEntry("by", "role").containsEntry("limit", "2"));
    }

    @Test
    void offlineAccessCountsIfItShould() {
        var user = person();
        REALM.tokens().signOut(REALM.tokens().signInOffline(user));
        flows.configure(
                BROWSER, Map.of("maxSessions", "1", "limitBehavior", "choose", "countOfflineSessions", "false"));
        assertThat(LimitedSignIn.begin(REALM, user).isComplete()).isTrue();
        var second = LimitedSignIn.begin(REALM, user);
        assertThat(second.isAsked()).isTrue();
        assertThat(second.listed()).as("only what counts").hasSize(1);
    }

    @Test
    void whatIsRenewedIsNotOneMore() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "deny"));
        var user = person();
        var signIn = LimitedSignIn.begin(REALM, user);
        var tokens = signIn.tokens();

        var otherApplication = signIn.browser().open(REALM.account("sessions"), "none");
        assertThat(otherApplication.status()).isEqualTo(200);
        assertThat(otherApplication.body()).contains("clinic-session--current");

        var again = LimitedSignIn.begin(REALM, signIn.browser(), user, Map.of("prompt", "login"));
        assertThat(again.tokens().sessionId()).isEqualTo(tokens.sessionId());
        assertThat(REALM.tokens().introspect(tokens)).isTrue();
        assertThat(REALM.sessionCount(user)).isEqualTo(1);
        assertThat(rows(user, "LIMIT_REACHED")).isEmpty();
    }

    @Test
    void inTheDemosFlowWhichAsksItOfSingleSignOnToo() {
        var user = person();
        set("1", "choose");
        REALM.update(realm -> realm.setBrowserFlow("clinic browser"));
        try {
            var signIn = LimitedSignIn.begin(REALM, user);
            var tokens = signIn.tokens();
            var otherApplication = signIn.browser().open(REALM.account("sessions"), "none");
            assertThat(otherApplication.status()).isEqualTo(200);
            assertThat(otherApplication.body()).contains("clinic-session--current");
            assertThat(LimitedSignIn.begin(REALM, signIn.browser(), user, Map.of("prompt", "login"))
                            .tokens()
                            .sessionId())
                    .isEqualTo(tokens.sessionId());
            assertThat(LimitedSignIn.begin(REALM, user).listed()).containsExactly(tokens.sessionId());
        } finally {
            REALM.update(realm -> {
                realm.setBrowserFlow(BROWSER);
                realm.getAttributes().remove("clinicSessions.maxSessions");
                realm.getAttributes().remove("clinicSessions.limitBehavior");
            });
        }
    }

    @Test
    void whoeverIsOptedOutSeesTheirOwn() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "choose"));
        var there = REALM.tokens().signIn("private");

        var signIn = LimitedSignIn.begin(REALM, "private");

        assertThat(signIn.listed()).containsExactly(there.sessionId());
        signIn.choose(there.sessionId());
        assertThat(REALM.tokens().introspect(signIn.tokens())).isTrue();
        assertThat(REALM.tokens().introspect(there)).isFalse();
    }

    @Test
    void aRequiredActionThatIsGivenUpEndsNothing() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "choose"));
        var user = person();
        var there = REALM.tokens().signIn(user);
        var representation = REALM.user(user).toRepresentation();
        representation.setRequiredActions(List.of("UPDATE_PROFILE"));
        REALM.user(user).update(representation);

        var givenUp = LimitedSignIn.begin(REALM, user);
        givenUp.choose(there.sessionId());
        assertThat(givenUp.seen().body()).contains("kc-update-profile-form");
        assertThat(REALM.tokens().introspect(there)).isTrue();

        var completed = LimitedSignIn.begin(REALM, user);
        completed.choose(there.sessionId());
        assertThat(REALM.tokens().introspect(there)).isTrue();
        completed.send("username=" + user + "&email=" + user + "%40clinic.example&firstName=New&lastName=Name");
        assertThat(REALM.tokens().introspect(completed.tokens())).isTrue();
        assertThat(REALM.tokens().introspect(there)).isFalse();
    }

    @Test
    void thePageComesAfterTheLastFactorOnly() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "choose"));
        var user = person();
        var there = REALM.tokens().signIn(user);
        var otp = new OneTimePassword("0123456789abcdefghij");
        otp.addTo(REALM, user);

        var signIn = LimitedSignIn.begin(REALM, user);
        assertThat(signIn.seen().body()).contains("kc-otp-login-form").doesNotContain(there.sessionId());
        signIn.send("otp=000000x&session=" + there.sessionId());
        assertThat(signIn.isAsked()).isFalse();
        assertThat(REALM.tokens().introspect(there)).isTrue();
        signIn.send("otp=" + otp.now());
        assertThat(signIn.isAsked()).isTrue();
        signIn.choose(there.sessionId());
        assertThat(REALM.tokens().introspect(signIn.tokens())).isTrue();
        assertThat(REALM.tokens().introspect(there)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({BEFORE_OTP + ", choose", BEFORE_OTP + ", deny", INSIDE + ", choose"})
    void beforeAnotherFactorItTellsNothingAndTheLookAfterwardsHolds(String flow, String behavior) {
        flows.configure(flow, Map.of("maxSessions", "1", "limitBehavior", behavior));
        var user = person();
        var there = REALM.tokens().signIn(user);
        var otp = new OneTimePassword("0123456789abcdefghij");
        otp.addTo(REALM, user);
        REALM.update(realm -> realm.setBrowserFlow(flow));
        try {
            var signIn = LimitedSignIn.begin(REALM, user);

            assertThat(signIn.seen().body()).contains("kc-otp-login-form").doesNotContain(there.sessionId());
            signIn.send("otp=" + otp.now());
            assertThat(signIn.isComplete()).isTrue();
            assertThat(REALM.tokens().introspect(there)).isTrue();
            assertThat(REALM.user(user).getUserSessions())
                    .as("the newcomer has ended before it was answered")
                    .extracting(UserSessionRepresentation::getId)
                    .containsExactly(there.sessionId());
            assertThat(await(user, "LIMIT_REACHED"))
                    .singleElement()
                    .satisfies(row -> assertThat(details(row)).containsEntry("outcome", "ended"));
        } finally {
            REALM.update(realm -> realm.setBrowserFlow(BROWSER));
        }
    }

    @Test
    void whenWeFailTheSignInGoesOnUnlessItIsToBeDenied() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "choose"));
        var user = person();
        REALM.tokens().signIn(user);
        var database = REALM.server().database();
        database.update("ALTER TABLE CLINIC_ENDED_SESSION RENAME TO CLINIC_ENDED_SESSION_AWAY");
        try {
            assertThat(LimitedSignIn.begin(REALM, user).isComplete()).isTrue();
            flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "deny"));
            var denied = LimitedSignIn.begin(REALM, user);
            assertThat(denied.seen().status()).isEqualTo(403);
            assertThat(denied.seen().body()).contains("could not be found out");
        } finally {
            database.update("ALTER TABLE CLINIC_ENDED_SESSION_AWAY RENAME TO CLINIC_ENDED_SESSION");
        }
    }

    private static String failures(String user) {
        return String.valueOf(REALM.admin()
                .attackDetection()
                .bruteForceUserStatus(REALM.userId(user))
                .get("numFailures"));
    }

    private static void set(String max, String behavior) {
        REALM.update(realm -> {
            realm.getAttributes().put("clinicSessions.maxSessions", max);
            realm.getAttributes().put("clinicSessions.limitBehavior", behavior);
        });
    }

    private static void role(String name) {
        var role = new RoleRepresentation();
        role.setName(name);
        REALM.admin().roles().create(role);
    }

    private static String person(String... roles) {
        var name = "p-" + UUID.randomUUID();
        REALM.addUser(name, "Pat", "Person");
        for (var role : roles) {
            REALM.user(name)
                    .roles()
                    .realmLevel()
                    .add(List.of(REALM.admin().roles().get(role).toRepresentation()));
        }
        return name;
    }

    private static List<LedgerRow> rows(String user, String action) {
        return REALM.ledgerOf(user).stream()
                .filter(row -> row.action().equals(action))
                .toList();
    }

    private static List<LedgerRow> await(String user, String action) {
        REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId(user),
                        all -> all.stream().anyMatch(row -> row.action().equals(action)));
        return rows(user, action);
    }

    private static Map<String, String> details(LedgerRow row) {
        return Http.JSON.convertValue(
                Http.parse(row.details() == null ? "{}" : row.details()), new TypeReference<Map<String, String>>() {});
    }
}
