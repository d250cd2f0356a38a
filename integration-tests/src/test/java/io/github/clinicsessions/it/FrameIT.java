package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.ClientRepresentation;

/** Our pages in the account console's frame: both ways between stock pages and ours, every size, colour and direction. */
class FrameIT {

    private static final int MANY = 200;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @BeforeAll
    static void somebodyIsSignedInOften() {
        REALM.addUser("many", "Maximiliane-Alexandra", "von und zu Unaussprechlich-Langenscheidt");
        for (var i = 1; i < MANY; i++) {
            REALM.tokens().signIn("many", Device.FIREFOX_ON_WINDOWS.userAgent());
        }
    }

    @Test
    void stockPagesLeadToOursAndOursToStockPages() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account(""), "staff");
        page.locator("#firstName").waitFor();
        openGroup(page.locator("[data-testid=clinicSettings]"), "Settings");
        page.locator("[data-testid=sessions]")
                .getByRole(AriaRole.LINK)
                .or(page.locator("a[data-testid=sessions]"))
                .first()
                .click();

        assertThat(page).hasURL(REALM.account("sessions"));
        assertThat(page.locator("h1")).hasText("Sessions");
        assertThat(nav(page).locator("[aria-current=page]")).hasText("Sessions");

        nav(page).getByText("Applications").click();
        page.locator("[data-testid=applications]").first().waitFor();
        assertThat(page).hasURL(REALM.account("applications"));

        page.navigate(REALM.account("sessions"));
        nav(page).getByText("Personal info").click();
        page.locator("#firstName").waitFor();
    }

    @Test
    void theEntriesAreTheSameOnBothSides() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account(""), "staff");
        page.locator("#firstName").waitFor();
        var stock = page.locator("#nav-toggle, nav").last();
        var stockTexts = entries(page);
        assertThat(stock).isVisible();
        page.navigate(REALM.account("sessions"));

        assertThat(entries(page)).isEqualTo(stockTexts).contains("Personal info", "Account security", "Settings");
        assertThat(page.content()).doesNotContain("Device activity");
    }

    @Test
    void deviceActivityLeadsToOurs() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("account-security/device-activity"), "staff");

        assertThat(page).hasURL(REALM.account("sessions"));
        assertThat(page.locator(".clinic-sessions > li").first()).isVisible();
    }

    @Test
    void thereIsNothingBelowOurPage() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "staff");

        assertThat(page.navigate(REALM.account("sessions/nothing")).status()).isEqualTo(404);
        assertThat(page.locator("h1")).hasText("Page not found");
        page.getByText("Back to sessions").click();
        assertThat(page).hasURL(REALM.account("sessions"));
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "nurse");
        REALM.tokens().signIn("nurse", Device.FIREFOX_ON_WINDOWS.userAgent());
        page.reload();

        page.keyboard().press("Tab");
        assertThat(focused(page)).hasText("Skip to content");
        page.keyboard().press("Enter");
        tabTo(page, "Sign out other sessions");
        tabTo(page, "Sign out everywhere");
        tabTo(page, "Sign out");
        tabTo(page, "Sign out");
        page.keyboard().press("Enter");

        var notice = page.locator(".clinic-notice");
        assertThat(notice).containsText("Firefox on Windows is signed out.");
        assertThat(notice).isFocused();

        page.locator(".clinic-account > button").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My profile")))
                .isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My profile")))
                .not()
                .isVisible();
    }

    @ParameterizedTest
    @CsvSource({"false, 1280", "true, 1280", "false, 390", "true, 390"})
    void isAccessible(boolean dark, int width) {
        var device = (dark ? Device.CHROME_ON_MAC.dark() : Device.CHROME_ON_MAC).size(width, 900);
        var name = (dark ? "dark-" : "light-") + width;
        var page = browsers.signIn(device, REALM.account("sessions"), "doctor");
        var other = REALM.tokens().signIn("doctor", Device.SAFARI_ON_IPHONE.userAgent());
        REALM.tokens().signInOffline("doctor");
        page.reload();
        Browsers.picture(page, "sessions-" + name);
        assertThat(Accessibility.violations(page)).isEmpty();
        assertThat(page.evaluate("() => document.documentElement.classList.contains('pf-v5-theme-dark')"))
                .isEqualTo(dark);
        assertFits(page);

        page.navigate(REALM.account("sessions/end-all"));
        Browsers.picture(page, "confirm-" + name);
        assertThat(Accessibility.violations(page)).isEmpty();

        page.navigate(REALM.account("sessions/nothing"));
        Browsers.picture(page, "error-" + name);
        assertThat(Accessibility.violations(page)).isEmpty();

        page.navigate(REALM.account("sessions"));
        page.getByText("Sign out other sessions").click();
        page.locator(".clinic-notice").waitFor();
        Browsers.picture(page, "notice-" + name);
        assertThat(Accessibility.violations(page)).isEmpty();
        page.locator(".clinic-receipt > summary").click();
        Browsers.picture(page, "receipt-" + name);
        assertThat(Accessibility.violations(page)).isEmpty();
        assertFits(page);
        assertThat(REALM.tokens().introspect(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 390})
    void twoHundredSessionsAndALongName(int width) {
        var page = browsers.signIn(Device.CHROME_ON_MAC.size(width, 900), REALM.account("sessions"), "many");

        assertThat(page.locator(".clinic-sessions > li").count()).isGreaterThanOrEqualTo(MANY);
        assertThat(page.locator(".clinic-sessions > li").first()).containsText("This device");
        assertFits(page);
        Browsers.picture(page, "many-" + width);
    }

    @Test
    void twoHundredSessionsEndAtOnce() {
        REALM.addUser("flood", "F", "Lood");
        for (var i = 0; i < MANY; i++) {
            REALM.tokens().signIn("flood");
        }
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "flood");

        page.getByText("Sign out other sessions").click();

        assertThat(page.locator(".clinic-notice")).containsText("200 other sessions are signed out.");
        assertThat(REALM.sessionCount("flood")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1280, en-US", "390, de-DE", "390, ar"})
    void aReceiptOfManyApplicationsWithLongNames(int width, String locale) {
        var name = "apps" + width + locale.toLowerCase(Locale.ROOT);
        REALM.addUser(name, "A", "Pps");
        for (var i = 0; i < 25; i++) {
            signInTo("app-" + i, name);
        }
        var page =
                browsers.signIn(Device.CHROME_ON_MAC.locale(locale).size(width, 900), REALM.account("sessions"), name);

        page.locator(".clinic-heading form button").click();
        page.locator(".clinic-receipt > summary").click();

        assertThat(page.locator(".clinic-receipt li")).hasCount(25);
        assertFits(page);
        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "receipt-many-" + locale + "-" + width);
    }

    /** To a client that is made if need be. */
    private static void signInTo(String clientId, String username) {
        if (REALM.admin().clients().findByClientId(clientId).isEmpty()) {
            var client = new ClientRepresentation();
            client.setClientId(clientId);
            client.setName("Department of Radiology_and_NuclearMedicine, workplace no. " + clientId);
            client.setPublicClient(true);
            client.setDirectAccessGrantsEnabled(true);
            REALM.admin().clients().create(client).close();
        }
        var form = Map.of("client_id", clientId, "grant_type", "password", "username", username, "password", username);
        var answer = Http.postForm(REALM.url() + "/protocol/openid-connect/token", Map.of(), form);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void speaksGerman() {
        var page = browsers.signIn(Device.CHROME_ON_MAC.locale("de-DE"), REALM.account("sessions"), "private");

        assertThat(page.locator("html")).hasAttribute("lang", "de");
        assertThat(page.locator("h1")).hasText("Sitzungen");
        assertThat(page.locator(".clinic-sessions")).containsText("Dieses Gerät");
        assertThat(page.locator(".clinic-sessions")).containsText("Chrome");
        assertThat(page.locator("main").innerText()).doesNotContain("Sign out").doesNotContain("clinic");
        Browsers.picture(page, "sessions-de");
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 390})
    void goesFromRightToLeft(int width) {
        var page = browsers.signIn(
                Device.CHROME_ON_MAC.locale("ar").size(width, 900), REALM.account("sessions"), "private");

        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.locator("html")).hasAttribute("lang", "ar");
        var heading = page.locator("h1").boundingBox();
        assertThat(heading.x + heading.width)
                .as("the heading begins at the right")
                .isGreaterThan(width / 2.0);
        assertThat(page.locator(".clinic-sessions bdi[dir=ltr]").first()).hasText("127.0.0.1");
        assertFits(page);
        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "sessions-ar-" + width);
    }

    @Test
    void timesAreThePersonsOwn() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "owner");

        var time =
                page.locator(".clinic-sessions time[data-clinic-format=clock]").first();
        var inBerlin = page.evaluate(
                "iso => new Date(iso).toLocaleTimeString('en-US', {timeZone: 'Europe/Berlin', hour: 'numeric', minute: '2-digit'})",
                time.getAttribute("datetime"));
        assertThat(time).hasText(String.valueOf(inBerlin));
    }

    @Test
    void relativeTimesMoveWithoutARequest() {
        var context = browsers.open(Device.CHROME_ON_MAC);
        context.clock().install();
        var page = context.newPage();
        page.navigate(REALM.account("sessions"));
        Browsers.fillLoginForm(page, "owner", "owner");
        assertThat(page.locator(".clinic-sessions")).containsText("Active now");
        var requests = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> {
            if (!request.url().contains("/me/activity")) { // which the guard asks after a sleep
                requests.add(request.url());
            }
        });

        page.context().clock().fastForward("05:00");

        assertThat(page.locator(".clinic-sessions")).containsText("5 minutes ago");
        assertThat(requests).isEmpty();
    }

    @Test
    void aPhoneHasTheNavigationBehindAButton() {
        var page = browsers.signIn(Device.SAFARI_ON_IPHONE.withoutJavaScript(), REALM.account("sessions"), "nurse");

        assertThat(nav(page).getByText("Personal info")).not().isVisible();
        page.locator("#clinic-nav-toggle").click();
        assertThat(nav(page).getByText("Personal info")).isVisible();
        assertFits(page);
    }

    private static void assertFits(Page page) {
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels that stick out sideways")
                .isEqualTo(0);
    }

    private static Locator nav(Page page) {
        return page.locator("nav");
    }

    /** Texts of the navigation's first level. */
    private static List<String> entries(Page page) {
        return page.locator("nav > ul > li")
                                .evaluateAll(
                                        "items => items.map(item => (item.querySelector(':scope > button, :scope > a, :scope > details > summary') || item).textContent.trim())")
                        instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static void openGroup(Locator group, String name) {
        var button = group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
        if ("false".equals(button.getAttribute("aria-expanded"))) {
            button.click();
        }
    }

    private static Locator focused(Page page) {
        return page.locator(":focus");
    }

    /** Presses Tab until what has this text has the focus; at most 20 times. */
    private static void tabTo(Page page, String text) {
        for (var i = 0; i < 20; i++) {
            page.keyboard().press("Tab");
            if (text.equals(focused(page).innerText().strip())) {
                return;
            }
        }
        throw new AssertionError("20 times Tab, and never at " + text);
    }
}
