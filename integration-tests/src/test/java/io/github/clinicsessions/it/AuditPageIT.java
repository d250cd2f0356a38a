package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clinic's ledger as its owner reads it: in the browser and as a file. */
class AuditPageIT {

    private static final String LONG_NAME = "maximiliane-alexandra.von-zu-unaussprechlich-langenscheidt";
    private static final String HOSTILE = "<img src=x onerror=alert(1)> =1+1 ${clinicAudit} \u202Etxt\u202C";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static final LedgerSamples SAMPLES = new LedgerSamples(REALM);

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsWhatHappened(boolean javaScript) {
        var person = person();
        var tokens = REALM.tokens().signIn(person, Device.FIREFOX_ON_WINDOWS.userAgent());
        REALM.ledger()
                .await(REALM.id(), REALM.userId(person), rows -> rows.size() == 1); // from which the end has the device
        REALM.tokens().signOut(tokens);
        REALM.ledger().await(REALM.id(), REALM.userId(person), rows -> rows.size() == 2);
        var page = open(javaScript ? Device.CHROME_ON_MAC : Device.CHROME_ON_MAC.withoutJavaScript(), "audit");

        page.fill("#clinic-user", person);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Show").setExact(true))
                .click();

        assertThat(rows(page)).hasCount(2);
        assertThat(rows(page).nth(0)).containsText("Session ended");
        assertThat(rows(page).nth(0)).containsText("Signed out");
        assertThat(rows(page).nth(0)).containsText(person);
        assertThat(rows(page).nth(0)).containsText("Firefox on Windows");
        assertThat(rows(page).nth(0)).containsText("127.0.0.1");
        assertThat(rows(page).nth(0)).containsText("the person");
        assertThat(rows(page).nth(0).locator("[data-cause=SIGNED_OUT]")).hasCount(1);
        assertThat(rows(page).nth(1)).containsText("Signed in");
        assertThat(page.locator("#clinic-user")).hasValue(person);
        var reference = rows(page).nth(0).getByText(Ledger.reference(tokens.sessionId()));
        assertThat(reference).not().isVisible();
        rows(page).nth(0).locator("summary").click();
        assertThat(reference).isVisible();
        page.getByText("Show everything").click();
        assertThat(page).hasURL(REALM.account("audit"));
        assertThat(rows(page).first()).isVisible();
    }

    @Test
    void isFilteredByCauseAndTime() {
        var person = person();
        SAMPLES.ended(person, "Old", 1, 3 * 24 * 60);
        SAMPLES.ended(person, "New", 1, 1);
        SAMPLES.row(person, "SESSION_STARTED", "SELF", person, "Start", null);
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(3).toString();
        var owner = open(Device.CHROME_ON_MAC, "audit?user=" + person);
        assertThat(rows(owner)).hasCount(3);

        owner.selectOption("#clinic-cause", "SIGNED_OUT");
        submit(owner);
        assertThat(rows(owner)).hasCount(2);
        owner.fill("#clinic-to", day);
        submit(owner);
        assertThat(rows(owner)).hasCount(1);
        assertThat(rows(owner)).containsText("Old 1");
        owner.fill("#clinic-from", day);
        submit(owner);
        assertThat(rows(owner)).hasCount(1);
        owner.fill("#clinic-to", "");
        owner.fill("#clinic-from", LocalDate.parse(day).plusDays(1).toString());
        submit(owner);
        assertThat(rows(owner)).hasCount(1);
        assertThat(rows(owner)).containsText("New 1");
        owner.selectOption("#clinic-cause", "IDLE_TIMEOUT");
        submit(owner);
        assertThat(owner.getByText("There is nothing that fits.")).isVisible();
    }

    @Test
    void hasPagesThatKeepTheFilter() {
        var person = person();
        SAMPLES.ended(person, "Device", 120, 1);
        var page = open(Device.CHROME_ON_MAC, "audit?cause=SIGNED_OUT&user=" + person);

        assertThat(rows(page)).hasCount(50);
        assertThat(rows(page).first()).containsText("Device 1");
        assertThat(page.getByText("Entries 1 to 50")).isVisible();
        assertThat(page.getByText("Newer")).hasCount(0);
        page.getByText("Older").click();
        assertThat(rows(page).first()).containsText("Device 51");
        page.getByText("Older").click();
        assertThat(rows(page)).hasCount(20);
        assertThat(rows(page).last()).containsText("Device 120");
        assertThat(page.getByText("Older")).hasCount(0);
        assertThat(page.locator("#clinic-user")).hasValue(person);
        page.getByText("Newer").click();
        assertThat(page.getByText("Entries 51 to 100")).isVisible();

        page.navigate(REALM.account("audit?first=99999999999&user=" + person));
        assertThat(rows(page)).hasCount(50);
        page.navigate(REALM.account("audit?first=-1&user=" + person));
        assertThat(rows(page).first()).containsText("Device 1");
    }

    @ParameterizedTest
    @CsvSource({
        "user=nobody, user, There is no such person among your staff.",
        "user=service-account-clinic-api, user, There is no such person among your staff.",
        "cause=FULL_MOON, cause, There is no such cause.",
        "from=yesterday, from, Please enter a day",
        "to=2026-02-30, to, Please enter a day",
        "from=%2B999999999-12-31, from, Please enter a day",
        "from=2026-03-02&to=2026-03-01, to, This day is before the first one."
    })
    void saysWhatIsWrongWithTheFilterBesideTheField(String query, String field, String text) {
        var page = open(Device.CHROME_ON_MAC, "audit");

        var answer = page.navigate(REALM.account("audit?" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(page.locator("#clinic-" + field + "-error")).containsText(text);
        assertThat(page.locator("#clinic-" + field)).hasAttribute("aria-invalid", "true");
        assertThat(rows(page)).hasCount(0);
        assertThat(Accessibility.violations(page)).isEmpty();
        assertThat(owner().get(REALM.account("audit.csv?" + query)).status()).isEqualTo(303);
    }

    @Test
    void isForOwnersOnly() {
        for (var path : List.of("audit", "audit.csv")) {
            var staff = browser("staff");
            var refused = staff.get(REALM.account(path));
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.body()).contains("Not allowed").doesNotContain("clinic-ledger");

            var nobody = new HttpBrowser();
            var asked = nobody.get(REALM.account(path + "?cause=SIGNED_OUT"));
            assertThat(asked.status()).as(path).isEqualTo(303);
            assertThat(asked.header("Location"))
                    .contains("/protocol/openid-connect/auth", Http.encode(path + "?cause=SIGNED_OUT"));
        }
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("audit?cause=SIGNED_OUT"), "owner");
        assertThat(page).hasURL(REALM.account("audit?cause=SIGNED_OUT"));
        assertThat(page.locator("h1")).hasText("Audit log");

        REALM.onlyAccountRole("doctor", null);
        assertThat(browser("doctor").get(REALM.account("audit")).status()).isEqualTo(403);
    }

    @Test
    void ofWhoeverHasOptedOutItTellsWhenWhatWhyAndByWhom() {
        var tokens = REALM.tokens().signIn("private", Device.FIREFOX_ON_WINDOWS.userAgent());
        REALM.tokens().signOut(tokens);
        REALM.ledger().await(REALM.id(), REALM.userId("private"), rows -> rows.size() >= 2);
        var page = open(Device.CHROME_ON_MAC, "audit?cause=SIGNED_OUT");

        var row = rows(page).filter(new Locator.FilterOptions().setHasText("opted out"));
        assertThat(row.first()).containsText("Signed out");
        assertThat(row.first()).containsText("the person");
        assertThat(row.first()).not().containsText("private");
        assertThat(row.first()).not().containsText("Firefox");
        assertThat(row.first()).not().containsText("127.0.0.1");
        assertThat(row.first().locator("details")).hasCount(0);
        assertThat(owner().get(REALM.account("audit.csv?cause=SIGNED_OUT")).body())
                .doesNotContain("private", REALM.userId("private"), Ledger.reference(tokens.sessionId()));
        page.navigate(REALM.account("audit?user=private"));
        assertThat(rows(page)).hasCount(0);
        assertThat(page.getByText("This person is hidden from you")).isVisible();
        assertThat(owner().get(REALM.account("audit.csv?user=private")).body().split("\r\n", -1))
                .as("the header")
                .hasSize(2);
    }

    @Test
    void tellsWhichSettingWasChangedFromWhatToWhat() {
        var owner = REALM.tokens().signIn("owner").accessToken();
        for (var json : List.of("{\"optOutAllowed\":false}", "{\"optOutAllowed\":true}")) {
            assertThat(Http.bearer("PUT", REALM.api("settings"), owner, json).status())
                    .isEqualTo(200);
        }

        var page = open(Device.CHROME_ON_MAC, "audit");

        var rows = rows(page).filter(new Locator.FilterOptions().setHasText("Staff may hide their sessions"));
        assertThat(rows).hasCount(2);
        assertThat(rows.nth(0)).containsText("Setting changed");
        assertThat(rows.nth(0)).containsText("from No to Yes");
        assertThat(rows.nth(0)).containsText("owner (owner)");
        assertThat(rows.nth(1)).containsText("from Yes to No");
    }

    @Test
    void aRightThatIsTakenAwayIsGoneAtOnce() {
        var person = person();
        var role = REALM.admin().roles().get("clinic-owner").toRepresentation();
        REALM.user(person).roles().realmLevel().add(List.of(role));
        var browser = browser(person);
        assertThat(browser.get(REALM.account("audit")).status()).isEqualTo(200);

        REALM.user(person).roles().realmLevel().remove(List.of(role));

        assertThat(browser.get(REALM.account("audit")).status()).isEqualTo(403);
        assertThat(browser.get(REALM.account("audit.csv")).status()).isEqualTo(403);
    }

    @Test
    void carriesTheHeadersOfOurPages() {
        var page = owner().get(REALM.account("audit"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .anySatisfy(policy ->
                        assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
    }

    @Test
    void isAFileToo() {
        var person = person();
        SAMPLES.ended(person, "Device", 3, 1);

        var answer = owner().get(REALM.account("audit.csv?user=" + person));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT))
                .startsWith("text/csv;")
                .contains(";charset=utf-8", ";header=present");
        assertThat(answer.header("Content-Disposition"))
                .matches("attachment; filename=\"sessions-[A-Za-z0-9-]+-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.csv\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.body()).doesNotStartWith("\uFEFF");
        assertThat(answer.body().split("\r\n", -1)).hasSize(1 + 3 + 1);
        assertThat(owner().get(REALM.account("audit.csv?bom=true&user=" + person))
                        .body())
                .startsWith("\uFEFF");
        var page = open(Device.CHROME_ON_MAC, "audit?user=" + person);
        var download =
                page.waitForDownload(() -> page.getByText("CSV for Excel").click());
        assertThat(download.suggestedFilename()).startsWith("sessions-").endsWith(".csv");
    }

    @Test
    void manyRowsAreStreamed() {
        var person = person();
        SAMPLES.ended(person, "Device", 5_000, 1);
        var owner = owner();

        var answer = owner.get(REALM.account("audit.csv?user=" + person));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(answer.body().split("\r\n", -1)).hasSize(1 + 5_000 + 1);
        assertThat(owner.get(REALM.account("audit")).status())
                .as("the sign-in has survived it")
                .isEqualTo(200);
    }

    @Test
    void aFileThatBreaksOffDoesNotPassForAWholeOne() throws IOException, InterruptedException {
        var person = person();
        SAMPLES.ended(person, "Device", 50_000, 1);
        var request = owner().request(REALM.account("audit.csv?user=" + person));
        var database = REALM.server().database();
        try {
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            var body = answer.body();
            assertThat(body.read()).isPositive();
            database.update("ALTER TABLE CLINIC_SESSION_LEDGER RENAME TO CLINIC_SESSION_LEDGER_AWAY");

            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        } finally {
            database.update("ALTER TABLE CLINIC_SESSION_LEDGER_AWAY RENAME TO CLINIC_SESSION_LEDGER");
        }
    }

    @Test
    void hostileTextIsText() {
        var person = person();
        SAMPLES.row(person, "SESSION_STARTED", "OWNER", HOSTILE, HOSTILE, "{\"odd\":\"<script>alert(1)</script>\"}");
        var page = open(Device.CHROME_ON_MAC, "audit?user=" + person);

        assertThat(rows(page)).hasCount(1);
        assertThat(rows(page)).containsText("<img src=x onerror=alert(1)> =1+1 ${clinicAudit}");
        rows(page).locator("summary").click();
        assertThat(rows(page).locator("dd")).containsText("<script>alert(1)</script>");
        page.navigate(REALM.account("audit?user=" + Http.encode(HOSTILE)));
        assertThat(page.locator("#clinic-user")).hasValue(HOSTILE);
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, 1280, false",
        "en-US, 390, true",
        "en-US, 1000, false",
        "de-DE, 1280, true",
        "de-DE, 390, false",
        "ar, 1280, false",
        "ar, 390, true"
    })
    void isReadableAndAccessible(String locale, int width, boolean dark) {
        var person = LONG_NAME + "-" + UUID.randomUUID().toString().substring(0, 4);
        REALM.addUser(person, "Maximiliane-Alexandra", "von und zu Unaussprechlich-Langenscheidt");
        SAMPLES.ended(person, "Firefox on Windows", 2, 60);
        SAMPLES.ended(person, "Safari on iPhone", 60, 24 * 60);
        SAMPLES.row(person, "SESSION_STARTED", "ADMIN", "admin", "A program with a name that is rather long", null);
        SAMPLES.row(
                person,
                "SESSIONS_VIEWED",
                "OWNER",
                "owner",
                null,
                "{\"actorIpAddress\":\"2001:db8:1234:5678:9abc:def0:1234:5678\"}");
        SAMPLES.row(person, "VISIBILITY_CHANGED", "SELF", person, null, "{\"visibility\":\"private\"}");
        SAMPLES.row(
                person,
                "SETTING_CHANGED",
                "OWNER",
                "owner",
                null,
                "{\"setting\":\"idleTimeoutMinutes\",\"old\":\"30\",\"new\":\"15\"}");
        SAMPLES.row(
                person,
                "SETTING_CHANGED",
                "SYSTEM",
                null,
                null,
                "{\"setting\":\"access.token.lifespan\",\"client\":\"clinic-app\",\"tried\":\"600\",\"inForce\":\"120\"}");
        var device = Device.CHROME_ON_MAC.locale(locale).size(width, 900);
        var page = open(dark ? device.dark() : device, "audit?user=" + person);
        rows(page).locator("summary").first().click();
        var name = "audit-" + locale + "-" + width + (dark ? "-dark" : "");
        tall(page, width);
        Browsers.picture(page, name);
        assertThat(Accessibility.violations(page)).isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
        assertThat(
                        page.evaluate(
                                "() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth }"))
                .as("pixels that stick out of the content sideways")
                .isEqualTo(0);

        page.navigate(REALM.account("audit?from=x&user=nobody"));
        Browsers.picture(page, name + "-error");
        assertThat(Accessibility.violations(page)).isEmpty();
    }

    /** The page scrolls inside the frame: a window in which it need not. */
    private static void tall(Page page, int width) {
        page.setViewportSize(width, 2400);
    }

    private static String person() {
        var name = "p" + UUID.randomUUID().toString().substring(0, 8);
        REALM.addUser(name, "Paula", "Person");
        return name;
    }

    private Page open(Device device, String path) {
        return browsers.signedIn(device, REALM.account(path), "owner");
    }

    private static HttpBrowser owner() {
        return browser("owner");
    }

    private static HttpBrowser browser(String username) {
        var browser = new HttpBrowser();
        browser.signIn(REALM.account("sessions"), REALM.account("sessions"), username);
        return browser;
    }

    private static void submit(Page page) {
        page.locator(".clinic-filter button").click();
    }

    private static Locator rows(Page page) {
        return page.locator(".clinic-ledger tbody > tr");
    }
}
