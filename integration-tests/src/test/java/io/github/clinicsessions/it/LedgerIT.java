package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the ledger keeps, read from the database. */
class LedgerIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void aSignInLeavesOneRow() {
        REALM.addUser("starter", "S", "Tarter");
        var tokens = REALM.tokens().signIn("starter", Device.FIREFOX_ON_WINDOWS.userAgent());

        var rows = await("starter", 1);

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.realmId()).isEqualTo(REALM.id());
            assertThat(row.clinicIds()).isEqualTo(REALM.id());
            assertThat(row.action()).isEqualTo("SESSION_STARTED");
            assertThat(row.cause()).isNull();
            assertThat(row.username()).isEqualTo("starter");
            assertThat(row.sessionRef()).isEqualTo(Ledger.reference(tokens.sessionId()));
            assertThat(row.actorType()).isEqualTo("SELF");
            assertThat(row.actorId()).isEqualTo(row.userId());
            assertThat(row.actorName()).isEqualTo("starter");
            assertThat(row.device()).isEqualTo("Firefox on Windows");
            assertThat(row.ipAddress()).isEqualTo("127.0.0.1");
            assertThat(row.country()).isNull();
            assertThat(row.state()).isEqualTo("DONE");
            assertThat(row.occurredAt()).isCloseTo(System.currentTimeMillis(), within(60_000L));
        });
    }

    @Test
    void aSessionThatAnAdministratorOpenedIsTheirs() {
        REALM.addUser("victim", "V", "Ictim");
        REALM.impersonate("victim");

        assertThat(await("victim", 1)).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("SESSION_STARTED");
            assertThat(row.username()).isEqualTo("victim");
            assertThat(row.actorType()).isEqualTo("ADMIN");
            assertThat(row.actorName()).isEqualTo("admin");
        });
    }

    @Test
    void whatAnAdministratorEndsAsAPersonIsTheAdministrators() {
        REALM.addUser("target", "T", "Arget");
        var other = REALM.tokens().signIn("target");
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        page.navigate(REALM.server().url() + "/admin/master/console/");
        Browsers.fillLoginForm(page, KeycloakServer.ADMIN, KeycloakServer.ADMIN);
        var answer = page.context()
                .request()
                .post(
                        REALM.server().url() + "/admin/realms/" + REALM.name() + "/users/" + REALM.userId("target")
                                + "/impersonation",
                        RequestOptions.create()
                                .setHeader(
                                        "Authorization",
                                        "Bearer " + REALM.server().adminToken()));
        assertThat(answer.status()).isEqualTo(200);
        page.navigate(REALM.account("sessions"));
        assertThat(page.locator(".clinic-sessions").innerText()).contains("Opened by an administrator (admin)");
        page.getByText("Sign out other sessions").click();
        page.locator(".clinic-notice").waitFor();
        page.locator(".clinic-account > button").click();
        page.locator(".clinic-account form button").click();
        page.locator("#username").waitFor();

        var rows = await("target", 4).stream()
                .filter(row -> "SESSION_ENDED".equals(row.action()))
                .toList();
        assertThat(rows).extracting(LedgerRow::cause).containsExactly("ENDED_BY_ADMIN", "SIGNED_OUT");
        assertThat(rows.get(0).sessionRef()).isEqualTo(Ledger.reference(other.sessionId()));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.actorType()).isEqualTo("ADMIN");
            assertThat(row.actorName()).isEqualTo("admin");
            assertThat(row.username()).isEqualTo("target");
        });
    }

    @Test
    void aSignOutEndsOfflineAccessToo() {
        REALM.addUser("keeper", "K", "Eeper");
        var callback = REALM.server().url() + "/callback";
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "keeper");
        page.navigate(REALM.url() + "/protocol/openid-connect/auth?client_id=clinic-app&response_type=code"
                + "&scope=openid%20offline_access&code_challenge_method=S256"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri=" + Http.encode(callback));
        var code = page.url().replaceFirst(".*[?&]code=([^&]+).*", "$1");
        var tokens = TokenSet.of(Http.postForm(
                        REALM.url() + "/protocol/openid-connect/token",
                        Map.of(),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                Tokens.APP,
                                "code",
                                code,
                                "code_verifier",
                                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                                "redirect_uri",
                                callback))
                .json());
        await("keeper", 1);
        page.navigate(REALM.account("sessions"));
        page.locator(".clinic-account > button").click();
        page.locator(".clinic-account form button").click();
        page.locator("#username").waitFor();

        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(400);
        assertThat(await("keeper", 2))
                .last()
                .satisfies(row -> assertThat(row.cause()).isEqualTo("SIGNED_OUT"));
    }

    @Test
    void joiningASessionIsNotAnotherStart() {
        REALM.addUser("joiner", "J", "Oiner");
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "joiner");
        page.navigate(REALM.account(""));
        page.locator("#firstName").waitFor();
        REALM.tokens().signIn("joiner");

        var rows = await("joiner", 2);

        assertThat(rows).extracting(LedgerRow::action).containsOnly("SESSION_STARTED");
        assertThat(rows).extracting(LedgerRow::sessionRef).doesNotHaveDuplicates();
    }

    @Test
    void theirOwnLogoutIsSignedOut() {
        REALM.addUser("leaver", "L", "Eaver");
        var tokens = REALM.tokens().signIn("leaver", Device.FIREFOX_ON_WINDOWS.userAgent());
        await("leaver", 1);
        assertThat(REALM.tokens().signOut(tokens).status()).isEqualTo(204);

        assertEnded("leaver", tokens.sessionId(), "SIGNED_OUT", "Firefox on Windows");
    }

    @Test
    void theAvatarMenusSignOutIsSignedOut() {
        REALM.addUser("menu", "M", "Enu");
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "menu");
        var session = page.locator("input[name=session]").first().inputValue();
        await("menu", 1);
        page.locator(".clinic-account button").first().click();
        page.locator(".clinic-account form button").click();
        page.locator("#username").waitFor();

        assertEnded("menu", session, "SIGNED_OUT", "Chrome on macOS");
    }

    @Test
    void aRowOthersAndEverywhereAreEndedByUser() {
        REALM.addUser("ender", "E", "Nder");
        var mine = REALM.tokens().signIn("ender", Device.CHROME_ON_MAC.userAgent());
        var row = REALM.tokens().signIn("ender");
        var other = REALM.tokens().signInOffline("ender");
        await("ender", 3);

        Http.bearer("DELETE", REALM.api("me/sessions/" + row.sessionId()), mine.accessToken(), null);
        Http.bearer("POST", REALM.api("me/sessions/end"), mine.accessToken(), "{\"scope\":\"others\"}");
        Http.bearer("POST", REALM.api("me/sessions/end"), mine.accessToken(), "{\"scope\":\"all\"}");

        var ended = await("ender", 6).stream()
                .filter(one -> "SESSION_ENDED".equals(one.action()))
                .toList();
        assertThat(ended)
                .extracting(LedgerRow::sessionRef)
                .containsExactlyInAnyOrder(
                        Ledger.reference(row.sessionId()),
                        Ledger.reference(other.sessionId()),
                        Ledger.reference(mine.sessionId()));
        assertThat(ended).extracting(LedgerRow::cause).containsOnly("ENDED_BY_USER");
        assertThat(ended).extracting(LedgerRow::state).containsOnly("DONE");
        assertThat(ended).extracting(LedgerRow::actorType).containsOnly("SELF");
        assertThat(ended).extracting(LedgerRow::actorName).containsOnly("ender");
    }

    @Test
    void endingTwiceIsWrittenOnce() {
        REALM.addUser("twice", "T", "Wice");
        var mine = REALM.tokens().signIn("twice");
        var other = REALM.tokens().signIn("twice");
        await("twice", 2);

        for (var i = 0; i < 2; i++) {
            assertThat(Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null)
                            .status())
                    .isEqualTo(204);
        }

        assertThat(await("twice", 3)).hasSize(3);
    }

    @Test
    void keycloaksOwnEventSaysItToo() {
        REALM.addUser("event", "E", "Vent");
        var mine = REALM.tokens().signIn("event");
        var other = REALM.tokens().signIn("event");

        Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);

        var events = REALM.admin().getEvents(List.of("LOGOUT"), null, REALM.userId("event"), null, null, null, 0, 10);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getSessionId()).isEqualTo(other.sessionId());
            assertThat(event.getDetails())
                    .containsEntry("clinic_cause", "ENDED_BY_USER")
                    .containsEntry("clinic_actor_id", REALM.userId("event"));
        });
    }

    @Test
    void aFailedSignInIsNoSession() {
        REALM.addUser("failer", "F", "Ailer");
        assertThat(REALM.tokens().grant("failer", "wrong", "openid", Map.of()).status())
                .isEqualTo(400);
        var tokens = REALM.tokens().signIn("failer");

        assertThat(await("failer", 1))
                .extracting(LedgerRow::sessionRef)
                .containsExactly(Ledger.reference(tokens.sessionId()));
    }

    private static void assertEnded(String username, String sessionId, String cause, String device) {
        var rows = await(username, 2);
        assertThat(rows).hasSize(2).last().satisfies(row -> {
            assertThat(row.action()).isEqualTo("SESSION_ENDED");
            assertThat(row.cause()).isEqualTo(cause);
            assertThat(row.sessionRef()).isEqualTo(Ledger.reference(sessionId));
            assertThat(row.username()).isEqualTo(username);
            assertThat(row.actorType()).isEqualTo("SELF");
            assertThat(row.actorName()).isEqualTo(username);
            assertThat(row.device()).isEqualTo(device);
            assertThat(row.state()).isEqualTo("DONE");
        });
    }

    private static List<LedgerRow> await(String username, int count) {
        return REALM.ledger().await(REALM.id(), REALM.userId(username), rows -> rows.size() >= count);
    }
}
