package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
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
    private static final String REASON = "#clinic-reason";
    private static final String MAX_SESSIONS = "#clinic-max-sessions";
    private static final String COUNTRIES = "#clinic-countries";
    private static final String MAX_STORED = "clinicSessions.maxSessions";
    private static final String BEHAVIOR_STORED = "clinicSessions.limitBehavior";
    private static final String FRONT_DESK = "front-desk";
    private static final String OF_FRONT_DESK = "clinicSessions.idleTimeoutMinutes.role." + FRONT_DESK;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm CLINICS = TestRealm.clinics();

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
        var reason = "نوبة ليلية ".repeat(22).strip(); // in the address it would be longer than servers take
        var page = open(Device.CHROME_ON_MAC, "owner");
        var before = REALM.admin().toRepresentation().getSsoSessionIdleTimeout();
        REALM.signedInLongAgo("owner");

        page.fill(TIMEOUT, "75");
        page.fill(REASON, reason);
        page.fill("[name=role-0]", FRONT_DESK);
        page.fill("[name=roleMinutes-0]", "5");
        page.locator("form.clinic-form button[type=submit]").click();
        page.locator("#password").waitFor();
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(before);
        page.fill("#password", "owner");
        page.click("#kc-login");

        assertThat(page.locator(TIMEOUT)).hasValue("75");
        assertThat(page.locator(REASON)).hasValue(reason);
        assertThat(page.locator("[name=role-0]")).hasValue(FRONT_DESK);
        assertThat(page.locator("main")).containsText("not saved yet");
        assertThat(page.url()).doesNotContain(FRONT_DESK);
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(before);

        page.fill("[name=role-0]", "");
        page.fill("[name=roleMinutes-0]", "");
        save(page);
        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(75 * 60);
        assertThat(page.locator(REASON)).hasValue(reason);
    }

    @Test
    void moreThanAnHourTakesAReasonWhichTheLedgerKeeps() {
        var page = open(Device.CHROME_ON_MAC, "owner");
        var before = REALM.admin().toRepresentation().getSsoSessionIdleTimeout();
        assertThat(page.locator("#clinic-reason-hint")).containsText("NIST SP 800-63B-4");

        page.fill(TIMEOUT, "90");
        page.fill(REASON, " ");
        save(page);

        assertThat(page.locator("#clinic-reason-problem")).containsText("Above 60 minutes a reason is required.");
        assertThat(page.locator(REASON)).hasAttribute("aria-invalid", "true");
        assertThat(page.locator(REASON)).isFocused();
        assertThat(page.locator(TIMEOUT)).hasValue("90");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(before);

        page.fill(REASON, "Night shift, <b>one</b> nurse");
        save(page);

        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(REASON)).hasValue("Night shift, <b>one</b> nurse");
        Awaitility.await().untilAsserted(() -> {
            page.navigate(REALM.account("audit"));
            assertThat(page.locator(".clinic-ledger").innerText())
                    .contains("Session timeout (minutes)", "to 90", "Reason: Night shift, <b>one</b> nurse");
        });
        page.navigate(REALM.account("security"));
        page.fill(TIMEOUT, "30");
        save(page);
        assertThat(page.locator(REASON)).hasValue("");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rolesAreEditedInAListAlsoWithoutJavaScript(boolean javaScript) {
        var device = Device.CHROME_ON_MAC;
        var page = open(javaScript ? device : device.withoutJavaScript(), "owner");

        page.fill("[name=role-0]", FRONT_DESK);
        page.fill("[name=roleMinutes-0]", "5");
        page.fill("[name=role-1]", "no-such-role");
        page.fill("[name=roleMinutes-1]", "7");
        save(page);

        assertThat(page.locator("#clinic-role-1-problem")).containsText("There is no role of this name.");
        assertThat(page.locator("[name=role-1]")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("[name=role-1]")).hasValue("no-such-role");
        assertThat(page.locator("[name=role-0]")).hasValue(FRONT_DESK);
        assertThat(page.locator("[name=roleMinutes-0]")).hasValue("5");
        assertThat(REALM.admin().toRepresentation().getAttributes()).doesNotContainKey(OF_FRONT_DESK);

        page.fill("[name=role-1]", "");
        page.fill("[name=roleMinutes-1]", "");
        save(page);

        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator("#clinic-role-0")).hasText(FRONT_DESK);
        assertThat(REALM.admin().toRepresentation().getAttributes()).containsEntry(OF_FRONT_DESK, "5");

        page.getByRole(AriaRole.CHECKBOX, new GetByRoleOptions().setName("Remove"))
                .check();
        save(page);

        assertThat(page.locator("#clinic-role-0")).not().hasText(FRONT_DESK);
        assertThat(REALM.admin().toRepresentation().getAttributes()).doesNotContainKey(OF_FRONT_DESK);
    }

    @Test
    void aClinicOfSeveralHasItsOwnTimeoutAndGivesItBack() {
        var north = browsers.signIn(Device.CHROME_ON_MAC, CLINICS.account("security"), "north-owner");
        assertThat(north.locator(TIMEOUT)).hasValue("15");
        assertThat(north.locator("#clinic-role-0")).hasText(FRONT_DESK);
        var page = browsers.signIn(Device.CHROME_ON_MAC, CLINICS.account("security"), "south-owner");
        assertThat(page.locator(TIMEOUT)).hasValue("");
        assertThat(page.locator("#clinic-idle-of-all")).containsText("In all clinics it is 30 minutes.");
        assertThat(page.locator(".clinic-facts-of-realm")).containsText("A session lasts at the longest");

        page.fill(TIMEOUT, "10");
        save(page);

        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(TIMEOUT)).hasValue("10");
        page.navigate(CLINICS.account("sessions"));
        assertThat(page.locator(".clinic-session--current")).containsText("if unused – clinic rule, 10 minutes");
        north.reload();
        assertThat(north.locator(TIMEOUT)).hasValue("15");

        page.navigate(CLINICS.account("security"));
        page.fill(TIMEOUT, "");
        save(page);

        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(TIMEOUT)).hasValue("");
        save(page);
        assertThat(page.locator(".clinic-notice")).containsText("Nothing was different");

        page.fill(TIMEOUT, "30"); // as in all clinics, and now its own
        save(page);
        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(TIMEOUT)).hasValue("30");
        page.navigate(CLINICS.account("sessions"));
        assertThat(page.locator(".clinic-session--current")).containsText("if unused – clinic rule, 30 minutes");

        page.navigate(CLINICS.account("security"));
        page.fill(TIMEOUT, "");
        save(page);
        assertThat(page.locator(TIMEOUT)).hasValue("");
        page.navigate(CLINICS.account("sessions"));
        assertThat(page.locator(".clinic-session--current")).containsText("if unused – general rule, 30 minutes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLimitOfSessionsIsSetAndTakenAwayAlsoWithoutJavaScript(boolean javaScript) {
        var device = Device.CHROME_ON_MAC;
        var page = open(javaScript ? device : device.withoutJavaScript(), "owner");
        assertThat(page.locator(MAX_SESSIONS)).hasValue("");
        assertThat(page.locator("#clinic-max-sessions-empty")).containsText("Leave the field empty for no limit.");
        assertThat(page.locator("#clinic-max-sessions-hint")).containsText("Offline access counts too");
        assertThat(page.locator("#clinic-limit-choose")).isChecked();
        assertThat(page.locator("#clinic-limit-end-least-recent-hint"))
                .containsText("Whoever has stolen a password takes the place of the person.");

        for (var typed : List.of("0", "101", "-1", "1.5", "1e1")) {
            page.fill(MAX_SESSIONS, typed);
            save(page);
            assertThat(page.locator("#clinic-max-sessions-problem"))
                    .containsText("Please enter a whole number from 1 to 100, or leave the field empty.");
            assertThat(page.locator(MAX_SESSIONS)).hasValue(typed);
            assertThat(page.locator(MAX_SESSIONS)).hasAttribute("aria-invalid", "true");
            assertThat(page.locator(MAX_SESSIONS)).isFocused();
        }
        assertThat(REALM.admin().toRepresentation().getAttributes()).doesNotContainKey(MAX_STORED);

        page.fill(MAX_SESSIONS, "3");
        page.getByLabel("Signing in is refused").check();
        save(page);

        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(MAX_SESSIONS)).hasValue("3");
        assertThat(page.locator("#clinic-limit-deny")).isChecked();
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .containsEntry(MAX_STORED, "3")
                .containsEntry(BEHAVIOR_STORED, "deny");
        Awaitility.await().untilAsserted(() -> {
            page.navigate(REALM.account("audit"));
            assertThat(page.locator(".clinic-ledger").innerText())
                    .contains(
                            "Sessions per person",
                            "from nothing to 3",
                            "from The person chooses what ends to Signing in is refused");
        });

        page.navigate(REALM.account("security"));
        page.fill(MAX_SESSIONS, "");
        page.getByLabel("The person chooses what ends").check();
        save(page);

        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(MAX_SESSIONS)).hasValue("");
        assertThat(REALM.admin().toRepresentation().getAttributes()).doesNotContainKey(MAX_STORED);
    }

    @Test
    void countriesAreEnteredByTheirCodesAndShownByTheirNames() {
        var page = open(Device.CHROME_ON_MAC, "owner");

        page.fill(COUNTRIES, "DE, Austria");
        save(page);
        assertThat(page.locator("#clinic-countries-problem")).containsText("codes of countries with two letters");
        assertThat(page.locator(COUNTRIES)).hasValue("DE, Austria");
        assertThat(page.locator(COUNTRIES)).isFocused();

        page.fill(COUNTRIES, "de at");
        page.check("#clinic-notify-owner");
        save(page);
        assertThat(page.locator(".clinic-notice")).containsText("The rules are saved");
        assertThat(page.locator(COUNTRIES)).hasValue("AT, DE");
        assertThat(page.locator("#clinic-countries-names")).containsText("Austria, Germany");
        assertThat(page.locator("#clinic-notify-owner")).isChecked();
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .containsEntry("clinicSessions.countries", "AT,DE")
                .containsEntry("clinicSessions.notifyOwner", "true");
        assertThat(Accessibility.violations(page)).isEmpty();

        page.fill(COUNTRIES, "");
        page.uncheck("#clinic-notify-owner");
        save(page);
        assertThat(page.locator(COUNTRIES)).hasValue("");
        assertThat(page.locator("#clinic-notify-owner")).not().isChecked();
        assertThat(REALM.admin().toRepresentation().getAttributes()).doesNotContainKey("clinicSessions.countries");
    }

    @Test
    void aClinicOfSeveralHasTheLimitOfAllOrItsOwn() {
        assertThat(AdminApi.of(CLINICS)
                        .put("settings", "{\"maxSessions\":50,\"limitBehavior\":\"deny\"}")
                        .status())
                .isEqualTo(200);
        var page = browsers.signIn(Device.CHROME_ON_MAC, CLINICS.account("security"), "north-owner");
        assertThat(page.locator(MAX_SESSIONS)).hasValue("");
        assertThat(page.locator(MAX_SESSIONS)).hasAttribute("placeholder", "50");
        assertThat(page.locator("#clinic-max-sessions-empty"))
                .containsText("In all clinics a person may have 50 sessions.");
        assertThat(page.locator("#clinic-limit-of-all")).isChecked();
        assertThat(page.locator("#clinic-limit-of-all-hint")).containsText("At the moment: Signing in is refused.");

        page.fill(MAX_SESSIONS, "20");
        page.check("#clinic-limit-end-least-recent");
        save(page);

        assertThat(page.locator(MAX_SESSIONS)).hasValue("20");
        assertThat(page.locator("#clinic-limit-end-least-recent")).isChecked();
        assertThat(OwnersApi.of(CLINICS, "south-owner")
                        .get("settings")
                        .json()
                        .path("maxSessions")
                        .asInt())
                .isEqualTo(50);

        page.fill(MAX_SESSIONS, "");
        page.check("#clinic-limit-of-all");
        save(page);

        assertThat(page.locator(MAX_SESSIONS)).hasValue("");
        assertThat(page.locator("#clinic-limit-of-all")).isChecked();
        var north = AdminApi.of(CLINICS).get("settings?clinic=north").json();
        assertThat(north.path("maxSessions").asInt()).isEqualTo(50);
        assertThat(north.path("limitBehavior").asText()).isEqualTo("deny");
        AdminApi.of(CLINICS).put("settings", "{\"maxSessions\":null,\"limitBehavior\":null}");
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
        page.fill(MAX_SESSIONS, "500");
        newRole(page).fill("no-such-role");
        page.locator("form.clinic-form button[type=submit]").click();
        assertThat(page.locator(TIMEOUT)).hasAttribute("aria-invalid", "true");
        assertThat(page.locator(".clinic-role__problem")).isVisible();
        assertThat(page.locator("#clinic-max-sessions-problem")).isVisible();

        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("wider than the screen")
                .isEqualTo(0);
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

    /** The first row that is empty. */
    private static Locator newRole(Page page) {
        return page.locator("input[name^=role-]:not([type=hidden])").first();
    }

    private static String nav(String entry) {
        return "nav a:has-text('" + entry + "')";
    }

    private static void openSettings(Page page) {
        page.locator("[data-testid=clinicSettings]").waitFor();
        page.locator("button:has-text('Settings')").click();
    }
}
