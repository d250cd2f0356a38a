package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** <em>Devices you have used</em>, as people use it; all of it without JavaScript too. */
class KnownDevicePageIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void devicesAreListedNamedAndForgotten() {
        REALM.addUser("owning", "O", "Wning");
        var desk = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "owning");
        var rows = new KnownDeviceRows(REALM, "owning").await(1);
        browsers.signedIn(Device.SAFARI_ON_IPHONE, REALM.account("sessions"), "owning");
        rows.await(2);
        desk.navigate(REALM.account("sessions"));

        assertThat(devices(desk)).hasCount(2);
        assertThat(device(desk, "Chrome on macOS")).containsText("This device");
        assertThat(device(desk, "Safari on iPhone")).not().containsText("This device");
        assertThat(desk.locator("li.clinic-session").nth(1)).containsText("New device");
        assertThat(desk.locator("li.clinic-session").nth(0)).not().containsText("New device");
        assertThat(Accessibility.violations(desk)).isEmpty();
        Browsers.picture(desk, "known-devices");

        name(device(desk, "Chrome on macOS"), "Front desk 2");
        assertThat(desk.locator(".clinic-notice")).containsText("The device is called Front desk 2 from now on.");
        assertThat(desk.locator("li.clinic-session").nth(0)).containsText("Front desk 2");
        assertThat(desk.locator("li.clinic-session").nth(0)).containsText("Chrome on macOS");
        assertThat(desk.url()).isEqualTo(REALM.account("sessions"));

        device(desk, "Safari on iPhone")
                .locator("form[action$='/devices/forget'] button")
                .click();
        assertThat(desk.locator(".clinic-notice")).containsText("Safari on iPhone is forgotten.");
        assertThat(devices(desk)).hasCount(1);
        assertThat(desk.locator("li.clinic-session")).hasCount(2); // the session there goes on

        name(device(desk, "Front desk 2"), "");
        assertThat(desk.locator(".clinic-notice")).containsText("has no name any more");
        assertThat(device(desk, "Chrome on macOS").locator(".clinic-device__name"))
                .not()
                .containsText("Front desk 2");
    }

    @Test
    void withoutJavaScriptAWrongNameIsToldBesideTheField() {
        REALM.addUser("plain", "P", "Lain");
        var page = browsers.signedIn(
                Device.CHROME_ON_MAC.locale("de-DE").withoutJavaScript(), REALM.account("sessions"), "plain");
        new KnownDeviceRows(REALM, "plain").await(1);
        page.navigate(REALM.account("sessions"));
        var device = devices(page).first();

        name(device, "an\u202Ename"); // a browser lets it through
        var field = devices(page).first().locator("input[name=name]");
        assertThat(field).isVisible();
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(devices(page).first()).containsText("Ein Name ist eine Zeile mit 1 bis 60 Zeichen.");
        assertThat(page.locator(".clinic-notice")).hasCount(0);

        name(devices(page).first(), "<b>Empfang</b> " + "x".repeat(45));
        assertThat(page.locator(".clinic-notice")).containsText("<b>Empfang</b>");
        assertThat(page.locator("main b:text-is('Empfang')")).hasCount(0);
    }

    @Test
    void anArabicPageOnAPhoneHoldsALongName() {
        REALM.addUser("long", "L", "Ong");
        var page = browsers.signedIn(Device.SAFARI_ON_IPHONE.locale("ar"), REALM.account("sessions"), "long");
        new KnownDeviceRows(REALM, "long").await(1);
        page.navigate(REALM.account("sessions"));
        name(devices(page).first(), "W".repeat(60));

        assertThat(page.locator(".clinic-notice")).containsText("W".repeat(60));
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .isLessThanOrEqualTo(0);
        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "known-devices-ar");
    }

    @Test
    void onlyThePersonChangesThemAndOnlyByAFormOfThePage() {
        REALM.addUser("mine", "M", "Ine");
        REALM.addUser("others", "O", "Thers");
        var mine = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "mine");
        var mineRows = new KnownDeviceRows(REALM, "mine").await(1);
        browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "others");
        var othersRows = new KnownDeviceRows(REALM, "others").await(1);
        mine.navigate(REALM.account("sessions"));
        var state = mine.locator("input[name=stateChecker]").first().inputValue();
        var mineId = mineRows.ids().get(0);
        var othersId = othersRows.ids().get(0);

        assertThat(post(mine, "name", Map.of("device", mineId, "name", "x"))).isEqualTo(403);
        assertThat(post(mine, "forget", Map.of("stateChecker", "wrong", "device", mineId)))
                .isEqualTo(403);
        assertThat(post(mine, "name", Map.of("stateChecker", state, "device", othersId, "name", "x")))
                .isEqualTo(404);
        assertThat(post(mine, "forget", Map.of("stateChecker", state, "device", othersId)))
                .isEqualTo(404);
        assertThat(post(mine, "forget", Map.of("stateChecker", state))).isEqualTo(404);
        mineRows.await(1);
        othersRows.await(1);

        var administrator = new HttpBrowser();
        administrator.keep(REALM.impersonation("mine"));
        var page = administrator.get(REALM.account("sessions")).body();
        assertThat(page).contains("Devices you have used", "Chrome on macOS").doesNotContain("/devices/forget");
        var token = page.replaceFirst("(?s).*name=\"stateChecker\" value=\"([^\"]+)\".*", "$1");
        assertThat(administrator
                        .post(REALM.account("sessions/devices/forget"), Map.of("stateChecker", token, "device", mineId))
                        .status())
                .isEqualTo(403);
        mineRows.await(1);
    }

    @Test
    void whereNoDeviceIsKnownThatIsSaid() {
        REALM.addUser("blank", "B", "Lank");
        var page = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "blank");
        var rows = new KnownDeviceRows(REALM, "blank").await(1);
        page.navigate(REALM.account("sessions"));

        devices(page).first().locator("form[action$='/devices/forget'] button").click();

        assertThat(devices(page)).hasCount(0);
        assertThat(page.locator("section.clinic-devices")).containsText("No device is known yet");
        rows.await(0);
        assertThat(Accessibility.violations(page)).isEmpty();
    }

    private static Locator devices(Page page) {
        return page.locator("li.clinic-device");
    }

    private static Locator device(Page page, String text) {
        return devices(page).filter(new Locator.FilterOptions().setHasText(text));
    }

    private static void name(Locator device, String name) {
        if (!device.locator("input[name=name]").isVisible()) {
            device.locator("summary").click();
        }
        device.locator("input[name=name]").fill(name);
        device.locator("form[action$='/devices/name'] button").click();
    }

    private static int post(Page page, String what, Map<String, String> values) {
        var form = FormData.create();
        values.forEach(form::set);
        return page.context()
                .request()
                .post(
                        REALM.account("sessions/devices/" + what),
                        RequestOptions.create().setForm(form).setMaxRedirects(0))
                .status();
    }
}
