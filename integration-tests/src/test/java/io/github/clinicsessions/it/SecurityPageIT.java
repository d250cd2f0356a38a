package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner's settings, and where an owner finds their pages. */
class SecurityPageIT {

    private static final String TIMEOUT = "#clinic-idle";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void theTimeoutActsAtOnceAndIsRecorded() {
        var page = open(Device.CHROME_ON_MAC, "owner");
        var before = REALM.admin().toRepresentation().getSsoSessionIdleTimeout();
        var minutes = before == 20 * 60 ? 25 : 20;

        page.fill(TIMEOUT, Integer.toString(minutes));
        save(page);

        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(TIMEOUT)).hasValue(Integer.toString(minutes));
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(minutes * 60);
        Awaitility.await()
                .untilAsserted(() -> assertThat(REALM.ledgerOf("owner")).anySatisfy(row -> {
                    assertThat(row.action()).isEqualTo("SETTING_CHANGED");
                    assertThat(row.actorType()).isEqualTo("OWNER");
                    assertThat(row.details())
                            .contains(
                                    "\"setting\":\"idleTimeoutMinutes\"",
                                    "\"old\":\"" + before / 60 + "\"",
                                    "\"new\":\"" + minutes + "\"");
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "241", "-5", "1.5", "9999999999", "1e3", ""})
    void aBadTimeoutIsRefusedAtTheFieldAndKept(String typed) {
        var page = open(Device.CHROME_ON_MAC, "owner");
        var before = REALM.admin().toRepresentation().getSsoSessionIdleTimeout();

        page.fill(TIMEOUT, typed);
        save(page);

        assertThat(page.locator(TIMEOUT)).hasValue(typed);
        assertThat(page.locator(TIMEOUT)).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#clinic-idle-problem")).containsText("a whole number from 1 to 240");
        assertThat(page.locator(TIMEOUT)).isFocused();
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(before);
    }

    @Test
    void withoutJavaScriptOptingOutIsForbiddenAndAllowedAgain() {
        var page = open(Device.CHROME_ON_MAC.withoutJavaScript(), "owner");

        page.uncheck("#clinic-opt-out");
        save(page);
        assertThat(page.locator("#clinic-opt-out")).not().isChecked();
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .containsEntry("clinicSessions.optOutAllowed", "false");

        page.check("#clinic-opt-out");
        save(page);
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .containsEntry("clinicSessions.optOutAllowed", "true");
    }

    @Test
    void savingTakesARecentSignInAndKeepsWhatWasTyped() {
        var page = open(Device.CHROME_ON_MAC, "owner");
        var before = REALM.admin().toRepresentation().getSsoSessionIdleTimeout();
        REALM.signedInLongAgo("owner");

        page.fill(TIMEOUT, "17");
        page.locator("form.clinic-form button[type=submit]").click();
        page.locator("#password").waitFor();
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(before);
        page.fill("#password", "owner");
        page.click("#kc-login");

        assertThat(page.locator(TIMEOUT)).hasValue("17");
        assertThat(page.locator("main")).containsText("not saved yet");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(before);

        save(page);
        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(17 * 60);
    }

    @Test
    void nothingIsBelowThePage() {
        var page = open(Device.CHROME_ON_MAC, "owner");

        assertThat(page.navigate(REALM.account("security/x")).status()).isEqualTo(404);
        assertThat(page.navigate(REALM.account("security?clinic=x")).status()).isEqualTo(404);
    }

    @Test
    void staffSeeNeitherThePageNorItsEntries() {
        var page = open(Device.CHROME_ON_MAC, "staff");

        assertThat(page.locator("h1")).hasText("Not allowed");
        assertThat(page.locator(nav("Staff"))).hasCount(0);

        page.navigate(REALM.account(""));
        openSettings(page);
        assertThat(page.locator("[data-testid=sessions]").first()).isVisible();
        assertThat(page.locator("[data-testid=security]")).hasCount(0);
    }

    @Test
    void anOwnerFindsThePageFromTheStockConsole() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account(""), "owner");

        openSettings(page);
        page.locator("a[data-testid=security], [data-testid=security] a")
                .first()
                .click();

        assertThat(page.locator("h1")).hasText("Security");
        assertThat(page.locator("a[aria-current=page]")).hasText("Security");
        assertThat(page.locator(nav("Staff"))).isVisible();
        assertThat(page.locator(nav("Audit log"))).isVisible();
    }

    @Test
    void aFormWithoutTheRightTokenChangesNothing() {
        var page = open(Device.CHROME_ON_MAC, "owner");
        var before = REALM.admin().toRepresentation().getSsoSessionIdleTimeout();

        page.evaluate("document.querySelector('form.clinic-form [name=stateChecker]').value = 'x'");
        page.fill(TIMEOUT, "7");
        save(page);

        assertThat(page.locator("h1")).hasText("Request refused");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void everybodyCanUseIt(String name, Device device) {
        var page = open(device, "owner");
        page.fill(TIMEOUT, "500");
        page.locator("form.clinic-form button[type=submit]").click();
        assertThat(page.locator(TIMEOUT)).hasAttribute("aria-invalid", "true");

        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "security-" + name);
    }

    static Stream<Arguments> devices() {
        var mac = Device.CHROME_ON_MAC;
        return Stream.of(
                Arguments.of("light", mac),
                Arguments.of("dark", mac.dark()),
                Arguments.of("phone", mac.size(390, 844)),
                Arguments.of("phone-dark", mac.size(390, 844).dark()),
                Arguments.of("de", mac.locale("de-DE")),
                Arguments.of("ar", mac.locale("ar").size(390, 844)));
    }

    private Page open(Device device, String username) {
        return browsers.signedIn(device, REALM.account("security"), username);
    }

    private static void save(Page page) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save")).click();
    }

    private static String nav(String entry) {
        return "nav a:has-text('" + entry + "')";
    }

    private static void openSettings(Page page) {
        page.locator("[data-testid=clinicSettings]").waitFor();
        page.locator("button:has-text('Settings')").click();
    }
}
