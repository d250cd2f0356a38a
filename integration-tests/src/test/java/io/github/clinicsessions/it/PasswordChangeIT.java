package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.CredentialRepresentation;

/** A new password ends every other session, whoever sets it and however. */
class PasswordChangeIT {

    private static final String NEW = "a-new-password";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm SWITCHED_OFF = TestRealm.stock();

    @RegisterExtension
    static final TestRealm WITHOUT = TestRealm.clinic()
            .with(json -> json.withObject("attributes").put("clinicSessions.endSessionsOnPasswordChange", "false"));

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void anAdministratorsResetEndsAll() {
        REALM.addUser("reset", "R", "Eset");
        var online = REALM.tokens().signIn("reset");
        var offline = REALM.tokens().signInOffline("reset");

        REALM.user("reset").resetPassword(password());

        assertGone(online);
        assertGone(offline);
        assertEnded("reset", List.of(online, offline), "ADMIN", "admin");
    }

    @Test
    void aPutOfThePersonWithCredentialsEndsAll() {
        REALM.addUser("put", "P", "Ut");
        var tokens = REALM.tokens().signIn("put");
        var user = REALM.user("put").toRepresentation();
        user.setCredentials(List.of(password()));

        REALM.user("put").update(user);

        assertGone(tokens);
        assertEnded("put", List.of(tokens), "ADMIN", "admin");
    }

    @Test
    void theirOwnChangeEndsAllButThisOneThoughTheBoxIsNotTicked() {
        REALM.addUser("changer", "C", "Hanger");
        var other = REALM.tokens().signIn("changer");
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "changer");
        change(page, false);

        page.navigate(REALM.account("sessions"));
        assertThat(page.locator(".clinic-sessions").count()).isEqualTo(1);
        assertGone(other);
        assertEnded("changer", List.of(other), "SELF", "changer");
    }

    @Test
    void withTheBoxTickedItIsThatAsWell() {
        REALM.addUser("ticker", "T", "Icker");
        var other = REALM.tokens().signIn("ticker");
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "ticker");
        change(page, true);

        page.navigate(REALM.account("sessions"));
        assertThat(page.locator(".clinic-sessions").count()).isEqualTo(1);
        assertGone(other);
        assertEnded("ticker", List.of(other), "SELF", "ticker");
    }

    @Test
    void aSignInBegunBeforeTheChangeYieldsNoLivingSession() {
        REALM.addUser("halfway", "H", "Alfway");
        var user = REALM.user("halfway").toRepresentation();
        user.setRequiredActions(List.of("UPDATE_PROFILE"));
        REALM.user("halfway").update(user);
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        page.navigate(REALM.account("sessions"));
        pass(page, "halfway");
        page.locator("#firstName").waitFor(); // the old password has been passed

        REALM.user("halfway").resetPassword(password());
        page.locator("#kc-update-profile-form [type=submit], form [type=submit]")
                .first()
                .click();
        page.waitForLoadState();
        page.navigate(REALM.account("sessions"));

        page.locator("#username").waitFor();
        assertThat(REALM.sessionCount("halfway")).isZero();
    }

    @Test
    void aSignInThatMakesTheChangeItselfStays() {
        REALM.addUser("forced", "F", "Orced");
        var user = REALM.user("forced").toRepresentation();
        user.setRequiredActions(List.of("UPDATE_PASSWORD"));
        REALM.user("forced").update(user);
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        page.navigate(REALM.account("sessions"));
        pass(page, "forced");
        fillNewPassword(page, false);

        page.locator(".clinic-sessions").waitFor();
        assertThat(REALM.sessionCount("forced")).isEqualTo(1);
    }

    @Test
    void aWrongPasswordOrARehashEndsNothing() {
        REALM.addUser("rehash", "R", "Ehash");
        var tokens = REALM.tokens().signIn("rehash");
        REALM.update(realm -> realm.setPasswordPolicy("hashIterations(7)"));

        REALM.tokens().signIn("rehash");
        REALM.tokens().grant("rehash", "wrong", "openid", Map.of());

        assertThat(REALM.tokens().introspect(tokens)).isTrue();
    }

    @Test
    void theSettingSwitchesItOff() {
        var tokens = WITHOUT.tokens().signIn("staff");
        WITHOUT.user("staff").resetPassword(password());
        assertThat(WITHOUT.tokens().introspect(tokens)).isTrue();
    }

    @Test
    void aRealmThatIsNotSwitchedOnIsAsStock() {
        var tokens = SWITCHED_OFF.tokens().signIn("staff");
        SWITCHED_OFF.user("staff").resetPassword(password());
        assertThat(SWITCHED_OFF.tokens().introspect(tokens)).isTrue();
    }

    /** Another form comes next, not the page asked for. */
    private static void pass(Page page, String username) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(username);
        page.locator("#kc-login").click();
    }

    private static void change(Page page, boolean tick) {
        page.navigate(REALM.url() + "/protocol/openid-connect/auth?client_id=clinic-app&response_type=code&scope=openid"
                + "&kc_action=UPDATE_PASSWORD&code_challenge_method=S256"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri="
                + Http.encode(REALM.server().url() + "/callback"));
        fillNewPassword(page, tick);
        page.waitForURL(url -> url.contains("/callback"));
    }

    private static void fillNewPassword(Page page, boolean tick) {
        page.locator("#password-new").fill(NEW);
        page.locator("#password-confirm").fill(NEW);
        var box = page.locator("#logout-sessions");
        if (box.isChecked() != tick) {
            box.setChecked(tick);
        }
        page.locator("form [type=submit]").first().click();
    }

    private static CredentialRepresentation password() {
        var password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(NEW);
        password.setTemporary(false);
        return password;
    }

    private static void assertGone(TokenSet tokens) {
        assertThat(REALM.tokens().introspect(tokens)).isFalse();
        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(400);
    }

    private static void assertEnded(String username, List<TokenSet> sessions, String actorType, String actorName) {
        var rows = REALM.ledger()
                .await(REALM.id(), REALM.userId(username), all -> ended(all).size() >= sessions.size());
        assertThat(ended(rows))
                .extracting(LedgerRow::sessionRef)
                .containsExactlyInAnyOrderElementsOf(sessions.stream()
                        .map(TokenSet::sessionId)
                        .map(Ledger::reference)
                        .toList());
        assertThat(ended(rows)).allSatisfy(row -> {
            assertThat(row.cause()).isEqualTo("PASSWORD_CHANGED");
            assertThat(row.actorType()).isEqualTo(actorType);
            assertThat(row.actorName()).isEqualTo(actorName);
            assertThat(row.state()).isEqualTo("DONE");
        });
    }

    private static List<LedgerRow> ended(List<LedgerRow> rows) {
        return rows.stream().filter(row -> "SESSION_ENDED".equals(row.action())).toList();
    }
}
