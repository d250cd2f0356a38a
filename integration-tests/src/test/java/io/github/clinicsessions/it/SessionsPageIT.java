package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions page as people use it: two browsers, one person. */
class SessionsPageIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @BeforeEach
    void nobodyIsSignedIn() {
        REALM.admin()
                .users()
                .list()
                .forEach(user -> REALM.user(user.getUsername()).logout());
    }

    @Test
    void bothBrowsersAreListedAndOneSignsTheOtherOut() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");
        var windows = signIn(Device.FIREFOX_ON_WINDOWS, "staff");
        mac.reload();

        var rows = rows(mac);
        assertThat(rows).hasCount(2);
        assertThat(rows.nth(0)).containsText("Chrome on macOS");
        assertThat(rows.nth(0)).containsText("This device");
        assertThat(rows.nth(0)).hasAttribute("aria-current", "true");
        assertThat(rows.nth(1)).containsText("Firefox on Windows");
        assertThat(rows.nth(1)).not().containsText("This device");
        assertThat(rows.nth(1)).containsText("127.0.0.1");
        assertThat(rows.nth(1)).containsText("Active now");
        assertThat(rows.nth(1)).containsText("Signed in since");
        assertThat(rows.nth(1)).containsText("signs out by itself at");
        assertThat(rows.nth(1)).containsText("at the latest");
        assertThat(rows.nth(1)).containsText("Account");

        signOutButton(mac, "Sign out Firefox on Windows").click();

        assertThat(notice(mac)).containsText("Firefox on Windows is signed out.");
        assertThat(rows(mac)).hasCount(1);
        assertThat(mac.getByText("You are not signed in anywhere else.")).isVisible();
        windows.reload();
        assertThat(windows.locator("#username")).isVisible();
        mac.reload();
        assertThat(notice(mac)).hasCount(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNoticeTellsWhatHappenedToWhomeverAsks(boolean javaScript) {
        var device = javaScript ? Device.CHROME_ON_MAC : Device.CHROME_ON_MAC.withoutJavaScript();
        var mac = signIn(device, "staff");
        REALM.tokens().signIn("staff", Device.FIREFOX_ON_WINDOWS.userAgent());
        mac.reload();

        signOutButton(mac, "Sign out Firefox on Windows").click();

        var details = notice(mac).locator("details");
        assertThat(details.getByText("Clinic app")).not().isVisible();
        details.locator("summary").click();
        assertThat(details).containsText("Ended at");
        assertThat(details).containsText("(just now)");
        assertThat(details).containsText("refuse them from");
        var application = details.locator("li");
        assertThat(application).hasCount(1);
        assertThat(application).containsText("Clinic app");
        assertThat(application).containsText("Cannot be told");
        assertThat(application).containsText("on at the latest");
    }

    @Test
    void whatWasNotKnownAtOnceIsThereAtASecondLook() {
        assumeTrue(REALM.server().sqlLog().isPresent(), "a container does not reach this machine's loopback address");
        try (var app = new LogoutListener(REALM, sid -> {})) {
            app.listenFor(Tokens.APP);
            app.answer(500);
            var mac = signIn(Device.CHROME_ON_MAC, "doctor");
            REALM.tokens().signIn("doctor", Device.FIREFOX_ON_WINDOWS.userAgent());
            mac.reload();
            signOutButton(mac, "Sign out Firefox on Windows").click();
            notice(mac).locator("summary").click();
            assertThat(notice(mac).locator("li")).containsText("Being told");

            notice(mac).getByText("Look again").click();

            assertThat(notice(mac)).containsText("This is how your sign-out stands now.");
            Awaitility.await().untilAsserted(() -> {
                mac.reload();
                assertThat(notice(mac).locator("li").innerText()).contains("Told, has confirmed");
            });
            assertThat(mac.getByText("Look again")).hasCount(0);
            mac.navigate(REALM.account("sessions?receipt=00000000-0000-0000-0000-000000000000"));
            assertThat(rows(mac)).hasCount(1);
            assertThat(notice(mac)).hasCount(0);
            app.urlOf(Tokens.APP, "");
        }
    }

    @Test
    void othersAreSignedOutAndThisOneStays() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");
        var windows = signIn(Device.FIREFOX_ON_WINDOWS, "staff");
        var offline = REALM.tokens().signInOffline("staff");
        mac.reload();
        assertThat(rows(mac)).hasCount(3);
        assertThat(mac.locator(".clinic-sessions")).containsText("Offline access");

        mac.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out other sessions"))
                .click();

        assertThat(notice(mac)).containsText("2 other sessions are signed out.");
        assertThat(rows(mac)).hasCount(1);
        assertThat(mac.getByText("Sign out other sessions")).hasCount(0);
        windows.reload();
        assertThat(windows.locator("#username")).isVisible();
        assertThat(REALM.tokens().refresh(offline).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everywhereAsksFirst(boolean javaScript) {
        var device = javaScript ? Device.CHROME_ON_MAC : Device.CHROME_ON_MAC.withoutJavaScript();
        var mac = signIn(device, "staff");
        var windows = signIn(Device.FIREFOX_ON_WINDOWS, "staff");
        mac.reload();

        mac.getByText("Sign out everywhere").click();
        assertThat(mac.locator("h1")).containsText("Sign out everywhere?");
        assertThat(mac.locator("main")).containsText("both your sessions");
        mac.getByText("Cancel").click();
        assertThat(rows(mac)).hasCount(2);

        mac.getByText("Sign out everywhere").click();
        mac.locator("main form button").click();

        assertThat(mac.locator("#username")).isVisible();
        windows.reload();
        assertThat(windows.locator("#username")).isVisible();
        assertThat(REALM.sessionCount("staff")).isZero();

        Browsers.fillLoginForm(mac, "staff", "staff");
        assertThat(mac).hasURL(REALM.account("sessions"));
    }

    @Test
    void withoutJavaScriptTheRowSignsOutToo() {
        var mac = signIn(Device.CHROME_ON_MAC.withoutJavaScript(), "staff");
        signIn(Device.FIREFOX_ON_WINDOWS, "staff");
        mac.reload();
        assertThat(rows(mac).nth(1)).containsText("UTC");

        signOutButton(mac, "Sign out Firefox on Windows").click();

        assertThat(notice(mac)).containsText("Firefox on Windows is signed out.");
        assertThat(rows(mac)).hasCount(1);
    }

    @Test
    void theOwnRowEndsOnTheSignInPage() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");

        signOutButton(mac, "Sign out Chrome on macOS").click();

        assertThat(mac.locator("#username")).isVisible();
        assertThat(REALM.sessionCount("staff")).isZero();
    }

    @Test
    void theAvatarMenuSignsOutAndComesBackToTheSignInPage() {
        var mac = signIn(Device.CHROME_ON_MAC, "nurse");

        mac.locator(".clinic-account > button").click();
        assertThat(mac.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My profile")))
                .isVisible();
        mac.locator(".clinic-account form button").click();

        assertThat(mac.locator("#username")).isVisible();
        assertThat(REALM.sessionCount("nurse")).isZero();
    }

    @Test
    void whatHasEndedMeanwhileIsSaid() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");
        signIn(Device.FIREFOX_ON_WINDOWS, "staff");
        mac.reload();
        var other = mac.context().newPage();
        other.navigate(REALM.account("sessions"));
        signOutButton(other, "Sign out Firefox on Windows").click();
        assertThat(rows(other)).hasCount(1);

        signOutButton(mac, "Sign out Firefox on Windows").click();

        assertThat(notice(mac)).containsText("had already ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"input[type=submit], button[type=submit]", "button[name=cancel-aia]"})
    void aHalfDoneActionDoesNotBringAnEndedSessionBack(String button) {
        var thief = signIn(Device.FIREFOX_ON_WINDOWS, "staff");
        thief.navigate(REALM.url() + "/protocol/openid-connect/auth?client_id=account&response_type=code&scope=openid"
                + "&kc_action=UPDATE_PROFILE&redirect_uri=" + Http.encode(REALM.account("sessions")));
        assertThat(thief.locator("#firstName")).isVisible();
        var mac = signIn(Device.CHROME_ON_MAC, "staff");

        signOutButton(mac, "Sign out Firefox on Windows").click();
        assertThat(notice(mac)).containsText("is signed out");
        thief.locator(button).first().click();
        thief.navigate(REALM.account("sessions"));

        assertThat(thief.locator("#username")).isVisible();
        mac.reload();
        assertThat(rows(mac)).hasCount(1);
    }

    @Test
    void aFormWithoutTheRightTokenChangesNothing() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");
        var victim = REALM.tokens().signIn("staff");
        mac.reload();

        for (var path : new String[] {"end", "end-others", "end-all", "sign-out"}) {
            for (var token : new String[] {"", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
                var answer = post(mac, path, Map.of("stateChecker", token, "session", victim.sessionId()));

                assertThat(answer.status()).as(path).isEqualTo(403);
            }
        }

        assertThat(REALM.tokens().introspect(victim)).isTrue();
        mac.reload();
        assertThat(rows(mac)).hasCount(2);
    }

    @Test
    void anothersSessionIsNotFound() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");
        var nurse = REALM.tokens().signIn("nurse");
        var token = mac.locator("input[name=stateChecker]").first().inputValue();

        var real = post(mac, "end", Map.of("stateChecker", token, "session", nurse.sessionId()));
        var invented = post(mac, "end", Map.of("stateChecker", token, "session", "AAAAAAAAAAAAAAAAAAAAAAAA"));
        var impossible = post(mac, "end", Map.of("stateChecker", token, "session", "<b>"));

        assertThat(real.status()).isEqualTo(404);
        assertThat(invented.status()).isEqualTo(404);
        assertThat(impossible.status()).isEqualTo(404);
        assertThat(real.text()).isEqualTo(invented.text());
        assertThat(REALM.tokens().introspect(nurse)).isTrue();
    }

    @Test
    void theAnswerCarriesTheHeadersOfAPageAboutHealthData() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");

        for (var path : new String[] {"sessions", "sessions/end-all"}) {
            Response answer = mac.navigate(REALM.account(path));

            var policies = answer.headersArray().stream()
                    .filter(header -> header.name.equalsIgnoreCase("content-security-policy"))
                    .map(header -> header.value)
                    .toList();
            assertThat(policies)
                    .anySatisfy(policy -> assertThat(policy)
                            .contains("default-src 'none'")
                            .contains("script-src 'self'")
                            .contains("style-src 'self'")
                            .doesNotContain("unsafe"));
            assertThat(answer.headerValue("cache-control")).isEqualTo("no-store");
            assertThat(answer.headerValue("x-content-type-options")).isEqualTo("nosniff");
        }
    }

    @Test
    void thePageKeepsToItsOwnPolicy() {
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        var complaints = new CopyOnWriteArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(REALM.account("sessions"));
        Browsers.fillLoginForm(page, "staff", "staff");
        complaints.clear(); // what the sign-in page says is not ours
        page.reload();
        rows(page).first().waitFor();
        page.getByText("Sign out everywhere").click();
        page.locator("h1").waitFor();

        assertThat(complaints).isEmpty();
    }

    @Test
    void notSignedInLeadsThroughTheSignInPageAndBack() {
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        page.navigate(REALM.account("sessions/end-all"));
        Browsers.fillLoginForm(page, "staff", "staff");

        assertThat(page).hasURL(REALM.account("sessions/end-all"));
        assertThat(page.locator("h1")).containsText("Sign out everywhere?");
    }

    @Test
    void aPostOfASessionThatHasEndedLeadsToTheSignInPage() {
        var mac = signIn(Device.CHROME_ON_MAC, "staff");
        signIn(Device.FIREFOX_ON_WINDOWS, "staff");
        mac.reload();
        REALM.user("staff").logout();

        mac.getByText("Sign out other sessions").click();

        assertThat(mac.locator("#username")).isVisible();
    }

    @Test
    void withoutManageAccountThereAreNoButtons() {
        REALM.addUser("viewer", "Vera", "Viewer");
        REALM.onlyAccountRole("viewer", "view-profile");
        var mac = signIn(Device.CHROME_ON_MAC, "viewer");

        assertThat(rows(mac)).hasCount(1);
        assertThat(mac.locator("main button")).hasCount(0);
        assertThat(mac.locator("main")).containsText("but not end them");
        var token = mac.locator("input[name=stateChecker]").first().inputValue();
        assertThat(post(mac, "end-others", Map.of("stateChecker", token)).status())
                .isEqualTo(403);
        assertThat(mac.navigate(REALM.account("sessions/end-all")).status()).isEqualTo(403);

        REALM.onlyAccountRole("viewer", null);
        assertThat(mac.navigate(REALM.account("sessions")).status()).isEqualTo(403);
    }

    private Page signIn(Device device, String username) {
        var page = browsers.signIn(device, REALM.account("sessions"), username);
        assertThat(page).hasURL(REALM.account("sessions"));
        return page;
    }

    private static Locator rows(Page page) {
        return page.locator(".clinic-sessions > li");
    }

    private static Locator notice(Page page) {
        return page.locator(".clinic-notice");
    }

    private static Locator signOutButton(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static APIResponse post(Page page, String path, Map<String, String> form) {
        var data = FormData.create();
        form.forEach(data::set);
        return page.context()
                .request()
                .post(
                        REALM.account("sessions/" + path),
                        RequestOptions.create()
                                .setForm(data)
                                .setHeader("Accept", "text/html")
                                .setMaxRedirects(0));
    }
}
