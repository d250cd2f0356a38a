package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code clinic-idle.js} as the server gives it, and our own pages with it. What it does is tested in {@link IdleScriptIT}. */
class IdlePageIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void pagesOfEveryOriginMayLoadTheScript() throws IOException {
        var files = Project.root().resolve("providers/src/main/resources/clinic-idle");
        for (var file : Map.of("clinic-idle.js", "text/javascript", "clinic-idle.d.ts", "text/plain")
                .entrySet()) {
            var url = REALM.api(file.getKey());
            var answer = Http.send("GET", url, Map.of("Origin", "https://app.example"), null);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(Files.readString(files.resolve(file.getKey())));
            assertThat(answer.header("Content-Type").replace(" ", "")).isEqualTo(file.getValue() + ";charset=UTF-8");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.header("Cache-Control")).contains("max-age=300").doesNotContain("no-store");

            var tag = answer.header("ETag");
            assertThat(tag).isNotEmpty();
            var again = Http.send("GET", url, Map.of("If-None-Match", tag), null);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(tag);
            assertThat(again.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(Http.send("GET", url, Map.of("If-None-Match", "W/\"other\""), null)
                            .status())
                    .isEqualTo(200);

            var small = Http.send("GET", url, Map.of("Accept-Encoding", "br, gzip"), null);
            assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(small.header("Vary")).contains("Accept-Encoding");
            assertThat(Integer.parseInt(small.header("Content-Length"))).isLessThan(4096);

            assertThat(Http.get(OFF.api(file.getKey())).status()).isEqualTo(404);
        }
    }

    @Test
    void ourPagesReportAndGoAwayWithTheSession() {
        var context = browsers.open(Device.CHROME_ON_MAC);
        var failures = failuresOf(context);
        context.clock().install();
        var page = context.newPage();
        page.navigate(REALM.account("sessions"));
        var first = page.waitForResponse(
                response -> response.url().endsWith("/me/activity?guard=1"),
                () -> Browsers.fillLoginForm(page, "staff", "staff"));
        assertThat(first.request().method()).isEqualTo("GET");
        assertThat(first.status()).isEqualTo(200);
        assertThat(page.locator("h1")).hasText("Sessions");

        var beat = page.waitForResponse(
                response -> response.request().method().equals("POST"),
                () -> page.keyboard().press("Shift"));
        assertThat(beat.url()).isEqualTo(REALM.api("me/activity?guard=1"));
        assertThat(beat.status()).isEqualTo(200);
        assertThat(failures).isEmpty();

        REALM.user("staff").logout();
        context.clock().fastForward("05:00"); // late for whatever it had in mind, so it asks

        page.locator("#username").waitFor();
        page.goBack();
        page.locator("#username").waitFor();
    }

    /** It ends while its page is on its way to the screen. */
    @Test
    void aPageThatComesTooLateGoesAwayToo() {
        REALM.addUser("late", "L", "Ate");
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        var ended = new AtomicBoolean();
        page.route(url -> url.endsWith("/me/activity?guard=1"), route -> {
            if (!ended.getAndSet(true)) {
                REALM.user("late").logout();
            }
            route.resume();
        });

        signIn(page, "late");

        page.waitForCondition(ended::get);
        page.locator("#username").waitFor();
    }

    /** Whatever is wrong with the ticket: while the session is alive, its pages are not loaded again and again. */
    @Test
    void aTicketThatIsNeverTakenLoadsThePageOnceMore() {
        REALM.addUser("refused", "R", "Efused");
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        var loads = new AtomicInteger();
        var refusals = new AtomicInteger();
        page.onResponse(response -> {
            if (response.url().equals(REALM.account("sessions")) && response.status() == 200) {
                loads.incrementAndGet();
            }
        });
        page.route(url -> url.endsWith("/me/activity?guard=1"), route -> {
            refusals.incrementAndGet();
            route.fulfill(new Route.FulfillOptions().setStatus(401));
        });

        signIn(page, "refused");

        page.waitForCondition(() -> refusals.get() == 4); // each page asks twice
        page.waitForTimeout(2_000); // in which nothing happens
        assertThat(loads).hasValue(2);
        assertThat(refusals).hasValue(4);
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("h1")).hasText("Sessions");
    }

    /** And waits for nothing: the page may go away at once. */
    private static void signIn(Page page, String username) {
        page.navigate(REALM.account("sessions"));
        page.fill("#username", username);
        page.fill("#password", username);
        page.click("#kc-login");
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, false, 1280, Are you still there?, Stay signed in",
        "de-DE, true, 390, Sind Sie noch da?, Angemeldet bleiben",
        "ar, false, 390, هل ما زلت هنا؟, البقاء مسجّل الدخول"
    })
    void ourPagesWarnInTheirLanguage(String locale, boolean dark, int width, String title, String stay) {
        var device = (dark ? Device.CHROME_ON_MAC.dark() : Device.CHROME_ON_MAC)
                .locale(locale)
                .size(width, 900);
        var context = browsers.open(device);
        var failures = failuresOf(context);
        var page = context.newPage();
        page.navigate(REALM.account("sessions"));
        var methods = new ArrayList<String>();
        context.route(url -> url.endsWith("/me/activity?guard=1"), route -> {
            methods.add(route.request().method());
            soonOver(route);
        });
        Browsers.fillLoginForm(page, "nurse", "nurse");

        var dialog = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(dialog).hasAccessibleName(title);
        assertThat(page.locator("html")).hasAttribute("lang", locale.substring(0, 2));
        Browsers.picture(page, "idle-account-%s-%d".formatted(locale, width));
        assertThat(Accessibility.violations(page)).isEmpty();

        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(stay))
                .click();
        assertThat(dialog).not().isVisible();
        assertThat(methods).endsWith("POST");
        assertThat(failures).isEmpty();
    }

    /** As a session in its last minute would be answered; a report renews it. */
    private static void soonOver(Route route) {
        var left = route.request().method().equals("POST") ? 1_800_000 : 50_000;
        route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody(Http.JSON
                        .createObjectNode()
                        .put("idleExpiresInMillis", left)
                        .put("idleTimeoutSeconds", 1_800)
                        .put("reportSeconds", 60)
                        .toString()));
    }

    /** What the browser complains about, a breach of the Content-Security-Policy included. */
    private static List<String> failuresOf(BrowserContext context) {
        var failures = new ArrayList<String>();
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
                failures.add(message.text());
            }
        });
        context.onWebError(error -> failures.add(error.error()));
        return failures;
    }
}
