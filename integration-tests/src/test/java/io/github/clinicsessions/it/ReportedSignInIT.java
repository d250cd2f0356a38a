package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-ins that were half finished when the person said that it was not them. */
class ReportedSignInIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @Test
    void whatHadPassedThePasswordBeforeEndsWhenItCompletes() {
        var person = signedIn("otp");
        var otp = new OneTimePassword("clinic-report-otp");
        otp.addTo(REALM, "otp");
        var stranger = LimitedSignIn.begin(REALM, "otp");
        assertThat(stranger.seen().body()).contains("name=\"otp\"");

        person.report();
        withoutRequiredActions("otp");
        stranger.send("otp=" + otp.now());

        assertThat(stranger.isComplete()).isTrue();
        var rows = REALM.ledger()
                .await(REALM.id(), REALM.userId("otp"), all -> ended(all).count() == 2);
        assertThat(ended(rows)).extracting(LedgerRow::cause).containsOnly("REPORTED");
        assertThat(REALM.sessionCount("otp")).as("that of the report").isOne();
    }

    @Test
    void itDoesNotChooseTheNewPasswordEither() {
        var person = signedIn("chooser");
        requireProfile("chooser");
        var stranger = LimitedSignIn.begin(REALM, "chooser");
        assertThat(stranger.seen().body()).contains("firstName");

        person.report();
        stranger.send("username=chooser&email=chooser%40example.org&firstName=C&lastName=Hooser");

        assertThat(stranger.isComplete()).isFalse();
        assertThat(stranger.seen().body()).contains("clinic-password-first").doesNotContain("password-new");

        // Whoever begins anew chooses it: the person, with the old password, which is still there.
        var anew = LimitedSignIn.begin(REALM, "chooser");
        assertThat(anew.seen().body()).contains("password-new");
        anew.send("password-new=of-the-person&password-confirm=of-the-person");
        assertThat(anew.isComplete()).isTrue();
        var tokens = anew.tokens();
        new KnownDeviceRows(REALM, "chooser").await(1);
        assertThat(REALM.tokens().introspect(tokens)).isTrue();
    }

    @Test
    void whoMerelyHasASessionDoesNotChooseItWithoutTheOldOne() {
        REALM.addUser("joined", "F", "L");
        var browser = new HttpBrowser();
        var own = LimitedSignIn.begin(REALM, browser, "joined", Map.of()).tokens();
        new SignedIn("joined", own, REALM.tokens().signIn("joined")).report();

        var joined = LimitedSignIn.open(REALM, browser, Map.of());
        assertThat(joined.seen().body()).contains("clinic-password-first").doesNotContain("password-new");
        assertThat(joined.isComplete()).isFalse();

        var asked = LimitedSignIn.open(REALM, browser, Map.of("prompt", "login"));
        assertThat(asked.seen().body()).contains("name=\"password\"").doesNotContain("password-new");
        asked.send("username=joined&password=joined");
        assertThat(asked.seen().body()).contains("password-new");
        asked.send("password-new=of-the-person&password-confirm=of-the-person");
        assertThat(asked.isComplete()).isTrue();
        assertThat(REALM.tokens().introspect(asked.tokens())).isTrue();
        assertThat(REALM.user("joined").toRepresentation().getRequiredActions()).isEmpty();
        assertThat(LimitedSignIn.open(REALM, browser, Map.of()).isComplete())
                .as("all is as before")
                .isTrue();
    }

    @Test
    void aPageThatWaitsForTheNameIsNoHalfFinishedSignIn() {
        var person = signedIn("waiting");
        var page = LimitedSignIn.open(REALM, new HttpBrowser(), Map.of());

        person.report();
        withoutRequiredActions("waiting");
        page.send("username=waiting&password=waiting");

        assertThat(page.isComplete()).isTrue();
        var tokens = page.tokens();
        new KnownDeviceRows(REALM, "waiting").await(1);
        assertThat(REALM.tokens().introspect(tokens)).isTrue();
    }

    /** A person with two sessions, who says of the second that it is not theirs. */
    private record SignedIn(String username, TokenSet own, TokenSet other) {

        /** Returns when that has ended. */
        void report() {
            var answer = Http.bearer(
                    "POST", REALM.api("me/sessions/" + other.sessionId() + "/report"), own.accessToken(), "{}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("ended").asInt()).isOne();
            assertThat(answer.json().path("passwordRequired").asBoolean()).isTrue();
            assertThat(REALM.user(username).toRepresentation().getRequiredActions())
                    .contains("UPDATE_PASSWORD");
            assertThat(REALM.tokens().introspect(other)).isFalse();
            assertThat(REALM.tokens().introspect(own)).isTrue();
        }
    }

    private static SignedIn signedIn(String username) {
        REALM.addUser(username, "F", "L");
        return new SignedIn(
                username, REALM.tokens().signIn(username), REALM.tokens().signIn(username));
    }

    private static Stream<LedgerRow> ended(List<LedgerRow> rows) {
        return rows.stream().filter(row -> row.action().equals("SESSION_ENDED"));
    }

    private static void requireProfile(String username) {
        var user = REALM.user(username).toRepresentation();
        user.setRequiredActions(List.of("UPDATE_PROFILE"));
        REALM.user(username).update(user);
    }

    private static void withoutRequiredActions(String username) {
        var user = REALM.user(username).toRepresentation();
        user.setRequiredActions(List.of());
        REALM.user(username).update(user);
    }
}
