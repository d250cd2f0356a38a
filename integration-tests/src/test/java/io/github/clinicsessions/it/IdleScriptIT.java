package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.clinicsessions.it.IdleApp.dialog;
import static io.github.clinicsessions.it.IdleApp.signOuts;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code clinic-idle.js} alone, in a real browser: Keycloak is two answers of the test, and hours pass in a second. The limit is
 * five minutes, the warning comes in the last of them, and a browser reports once a minute.
 */
class IdleScriptIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration UNTIL_WARNING = Duration.ofMinutes(4).plusSeconds(1);

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private final IdleServer server = new IdleServer(LIMIT, MINUTE);
    private @Nullable IdleApp app;

    private IdleApp app() {
        if (app == null) {
            app = new IdleApp(browsers.open(Device.CHROME_ON_MAC), server);
        }
        return app;
    }

    @AfterEach
    void nothingFails() {
        assertThat(app().errors).isEmpty();
    }

    @Test
    void reportsAtOnceAndThenOnceAMinute() {
        var page = app().open();
        assertThat(server.calls).containsExactly("GET");

        page.keyboard().press("a");
        app().pass(seconds(1));
        assertThat(server.calls).containsExactly("GET", "POST");

        for (var i = 0; i < 5; i++) {
            app().pass(seconds(10));
            page.keyboard().press("a");
        }
        assertThat(server.reports()).isEqualTo(1);
        app().pass(seconds(10));
        assertThat(server.reports())
                .as("what came in between is reported at the end")
                .isEqualTo(2);

        app().pass(MINUTE.multipliedBy(2));
        assertThat(server.calls).as("then nobody was there").containsExactly("GET", "POST", "POST");
        page.mouse().click(5, 5);
        app().pass(seconds(1));
        assertThat(server.reports()).as("after a pause at once").isEqualTo(3);
        assertThat(dialog(page)).not().isVisible();
    }

    @Test
    void whoeverTypesStays() {
        var page = app().open();

        for (var i = 0; i < 16; i++) {
            page.keyboard().type("x");
            app().pass(seconds(59));
            assertThat(dialog(page)).not().isVisible();
        }

        assertThat(signOuts(page)).isEqualTo(List.of());
        assertThat(server.reports()).isBetween(14L, 16L);
    }

    @Test
    void onlyRealInputCounts() {
        var page = app().open();
        page.mouse().move(100, 100);

        page.evaluate("() => {"
                + "  for (const type of ['keydown', 'click', 'pointerdown', 'wheel', 'pointermove'])"
                + "    document.body.dispatchEvent(new Event(type, { bubbles: true }));"
                + "  document.getElementById('button').click();"
                + "  document.getElementById('note').focus();"
                + "  scrollTo(0, 1);"
                + "}");
        page.mouse().move(102, 101);
        page.mouse().move(100, 100);
        app().pass(seconds(2));
        assertThat(server.reports()).as("scripts, and a table that shakes").isZero();

        page.mouse().move(150, 150);
        app().pass(seconds(1));
        assertThat(server.reports()).isEqualTo(1);
        app().pass(MINUTE.multipliedBy(3));

        page.keyboard().down("a");
        app().pass(seconds(1));
        assertThat(server.reports()).isEqualTo(2);
        for (var i = 0; i < 7; i++) {
            app().pass(seconds(10));
            page.keyboard().down("a"); // repeats: a book on the keyboard
        }
        app().pass(seconds(10));
        assertThat(server.reports()).isEqualTo(2);
    }

    @Test
    void theTabsOfABrowserReportTogether() {
        var one = app().open();
        var two = app().open();
        one.keyboard().press("a");
        app().pass(seconds(1));
        assertThat(server.reports()).isEqualTo(1);

        two.keyboard().press("a");
        app().pass(seconds(20));
        one.keyboard().press("a");
        two.keyboard().press("a");
        app().pass(seconds(38));
        assertThat(server.reports()).isEqualTo(1);
        app().pass(seconds(3));
        assertThat(server.reports()).isEqualTo(2);
        app().pass(MINUTE);
        assertThat(server.reports()).isEqualTo(2);
        assertThat(secondsLeft(two)).isBetween(235.0, 241.0).isEqualTo(secondsLeft(one));
    }

    @Test
    void whatWasTypedBeforeAPageWasLeftIsReportedByTheNext() {
        var page = app().open();
        page.keyboard().press("a");
        app().pass(seconds(1));
        app().pass(seconds(29));
        page.keyboard().press("a");
        page.navigate("about:blank");
        page.goBack();
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("() => 'start' in window")));
        page.evaluate("() => { start({}); }");

        app().pass(seconds(28));
        assertThat(server.reports()).isEqualTo(1);
        app().pass(seconds(4));
        assertThat(server.reports()).isEqualTo(2);
    }

    @Test
    void warnsInEveryTabAndStays() {
        var one = app().open();
        var two = app().open();
        one.locator("#note").focus();
        app().pass(UNTIL_WARNING);

        for (var page : List.of(one, two)) {
            assertThat(dialog(page)).isVisible();
            assertThat(dialog(page)).hasAccessibleName("Are you still there?");
            assertThat(dialog(page))
                    .hasAccessibleDescription(java.util.regex.Pattern.compile("signed out in: \\d+ seconds"));
            assertThat(button(page, "Stay signed in")).isFocused();
        }
        var before = secondsShown(one);
        app().pass(seconds(10));
        assertThat(secondsShown(one)).isEqualTo(before - 10);
        assertThat(secondsShown(two)).isEqualTo(before - 10);
        assertThat(dialog(one).getByRole(AriaRole.STATUS)).hasText("");
        app().pass(seconds(20));
        assertThat(dialog(one).getByRole(AriaRole.STATUS)).hasText("30 seconds");

        one.mouse().move(300, 300);
        one.mouse().wheel(0, 10);
        one.keyboard().press("a");
        app().pass(seconds(2));
        assertThat(server.reports()).as("only the buttons count now").isZero();

        button(one, "Stay signed in").click();
        app().settle();
        assertThat(dialog(one)).not().isVisible();
        assertThat(dialog(two)).not().isVisible();
        assertThat(one.locator("#note")).isFocused();
        assertThat(server.reports()).isEqualTo(1);
        assertThat(secondsLeft(one)).isGreaterThan(295);
        assertThat(signOuts(one)).isEqualTo(List.of());
    }

    @Test
    void escapeStays() {
        var page = app().open();
        app().pass(UNTIL_WARNING);
        server.reachable = false;
        page.keyboard().press("Escape");
        app().pass(seconds(2));
        assertThat(dialog(page)).isVisible(); // the server has not heard of it

        server.reachable = true;
        page.keyboard().press("Escape");
        app().pass(seconds(1));

        assertThat(dialog(page)).not().isVisible();
        assertThat(server.reports()).isEqualTo(1);
    }

    @Test
    void signsOutInEveryTabOnce() {
        var one = app().open();
        var two = app().open();

        app().pass(LIMIT.plusSeconds(3));

        assertThat(signOuts(one)).isEqualTo(List.of("idle"));
        assertThat(signOuts(two)).isEqualTo(List.of("idle"));
        assertThat(dialog(one)).not().isVisible();
        var calls = server.calls.size();
        one.keyboard().press("a");
        app().pass(MINUTE.multipliedBy(2));
        assertThat(server.calls).hasSize(calls);
        assertThat(signOuts(one)).isEqualTo(List.of("idle"));
    }

    @Test
    void theButtonSignsOutInEveryTab() {
        var one = app().open();
        var two = app().open();
        app().pass(UNTIL_WARNING);

        button(two, "Sign out").click();

        for (var page : List.of(one, two)) {
            page.waitForCondition(() -> signOuts(page).equals(List.of("user")));
        }
    }

    @Test
    void loadsThePageAgainIfNothingElseIsSaid() {
        var page = app().open("{ onSignOut: undefined }");
        page.evaluate("() => { window.old = true; }");
        server.ended = true;

        page.waitForResponse("**/app.js", () -> page.evaluate("() => { guard.stay(); }"));

        assertThat(page.locator("h1")).hasText("Application");
        assertThat(page.evaluate("() => window.old")).isNull();
    }

    @Test
    void asksBeforeItWarns() {
        var page = app().open();
        app().pass(Duration.ofMinutes(3));
        server.somebodyElsewhere();

        app().pass(Duration.ofMinutes(2));
        assertThat(dialog(page)).not().isVisible();
        assertThat(server.calls).containsExactly("GET", "GET");

        app().pass(Duration.ofMinutes(2).plusSeconds(5));
        assertThat(dialog(page)).isVisible();
        server.somebodyElsewhere();
        app().pass(seconds(60));
        assertThat(dialog(page)).not().isVisible(); // it has asked again
        assertThat(signOuts(page)).isEqualTo(List.of());
        assertThat(server.reports()).isZero();
    }

    @Test
    void aMachineThatSleptAsks() {
        var page = app().open();
        app().pass(seconds(30));
        page.keyboard().press("a");
        app().pass(seconds(1));
        app().pass(seconds(20));
        page.keyboard().press("a"); // not reported when the machine goes to sleep
        app().sleep(Duration.ofMinutes(4));
        assertThat(server.calls.subList(2, server.calls.size()))
                .as("what was typed before the sleep is not new")
                .isNotEmpty()
                .containsOnly("GET");
        assertThat(signOuts(page)).isEqualTo(List.of());

        server.somebodyElsewhere();
        app().sleep(LIMIT.minusSeconds(2));
        server.somebodyElsewhere();
        app().sleep(LIMIT.minusSeconds(2));
        assertThat(signOuts(page)).as("it lives on the server").isEqualTo(List.of());

        app().sleep(Duration.ofHours(8));
        assertThat(signOuts(page)).isEqualTo(List.of("idle"));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, -5})
    void aWallClockThatIsSetChangesNothing(long hours) {
        var page = app().open();
        page.keyboard().press("a");
        app().pass(seconds(10));

        app().setWallClock(page, Duration.ofHours(hours));
        app().pass(seconds(20));
        assertThat(signOuts(page)).isEqualTo(List.of());
        assertThat(dialog(page)).not().isVisible();
        assertThat(secondsLeft(page)).isBetween(268.0, 273.0);

        page.keyboard().press("a");
        app().pass(seconds(2));
        assertThat(server.reports()).as("it still reports").isEqualTo(2);
        app().pass(UNTIL_WARNING);
        assertThat(dialog(page)).isVisible();
        app().pass(MINUTE);
        assertThat(signOuts(page)).isEqualTo(List.of("idle"));
        assertThat(server.reports()).isEqualTo(2);
    }

    @Test
    void aServerThatCannotBeAskedSignsNobodyOutBeforeTheTime() {
        var page = app().open();
        server.reachable = false;
        page.keyboard().press("a");
        app().pass(seconds(40));
        assertThat(server.calls.size()).as("tried again now and then").isBetween(3, 5);
        server.reachable = true;
        app().pass(seconds(16));
        assertThat(server.reports()).isEqualTo(1);

        server.reachable = false;
        app().pass(UNTIL_WARNING);
        assertThat(dialog(page)).isVisible();
        app().pass(seconds(secondsShown(page) - 2));
        assertThat(signOuts(page)).isEqualTo(List.of());
        app().pass(seconds(12));
        assertThat(signOuts(page)).isEqualTo(List.of("offline"));
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() {
        server.refused = "token";
        var page = app().open();

        assertThat(page.evaluate("() => asked")).isEqualTo(List.of(false, true));
        assertThat(signOuts(page)).isEqualTo(List.of());
        assertThat(secondsLeft(page)).isGreaterThan(295);
    }

    @Test
    void aSessionThatWasEndedIsFoundAndEndsInEveryTab() {
        var one = app().open();
        var two = app().open();
        app().pass(seconds(20));
        server.ended = true;

        one.keyboard().press("a");
        app().pass(seconds(2));

        assertThat(signOuts(one)).isEqualTo(List.of("ended"));
        assertThat(signOuts(two)).isEqualTo(List.of("ended"));
        var without = app().open("{ getToken: () => undefined }");
        assertThat(signOuts(without)).as("no token").isEqualTo(List.of("ended"));
    }

    @Test
    void aTabOfAnotherSessionIsNotSignedOutWithIt() {
        var old = app().open("{ getToken: () => 'old' }");
        var current = app().open();
        app().pass(seconds(20));
        server.refused = "old";

        old.keyboard().press("a");
        app().pass(seconds(2));

        assertThat(signOuts(old)).isEqualTo(List.of("ended"));
        assertThat(signOuts(current)).isEqualTo(List.of());
        assertThat(secondsLeft(current)).isGreaterThan(270);
    }

    @Test
    void anApplicationShowsItsOwnWarning() {
        var page = app().open(
                        "{ warnSeconds: 30, onWarning: (seconds, actions) => { warnings.push(seconds); window.stay = actions.stay; } }");

        app().pass(Duration.ofMinutes(4).plusSeconds(35));
        assertThat(page.evaluate("() => warnings.slice(0, 3)")).isEqualTo(List.of(30, 29, 28));
        assertThat(dialog(page)).not().isVisible();
        page.evaluate("() => stay()");
        app().settle();

        assertThat(page.evaluate("() => warnings.at(-1)")).isNull();
        assertThat(server.reports()).isEqualTo(1);
    }

    @Test
    void theNewerGuardTakesThePlaceAndStopLeavesNothing() {
        var page = app().open();
        page.evaluate("() => { window.first = guard; start({ warnSeconds: 120 }); }");
        app().settle();
        assertThat(server.calls).containsExactly("GET", "GET");
        page.evaluate("() => first.stop()");
        page.keyboard().press("a");
        app().pass(seconds(1));
        assertThat(server.reports()).isEqualTo(1);
        app().pass(Duration.ofMinutes(3).plusSeconds(2));
        assertThat(dialog(page)).hasCount(1);

        page.evaluate("() => guard.stop()");
        var calls = server.calls.size();
        assertThat(dialog(page)).hasCount(0);
        page.keyboard().press("a");
        app().pass(LIMIT);
        assertThat(server.calls).hasSize(calls);
        assertThat(signOuts(page)).isEqualTo(List.of());
        assertThat(
                        page.evaluate(
                                "() => Object.getOwnPropertySymbols(window).filter(slot => String(slot).includes('/me/activity')).length"))
                .isEqualTo(0);
    }

    @Test
    void aShortLimitIsWarnedOfAtItsHalf() {
        var quick = new IdleServer(seconds(30), seconds(10));
        var quickApp = new IdleApp(browsers.open(Device.CHROME_ON_MAC), quick);
        app = quickApp;
        var page = quickApp.open();
        page.keyboard().press("a");
        quickApp.pass(seconds(5));
        page.keyboard().press("a");
        quickApp.pass(seconds(19));
        assertThat(quick.reports()).isEqualTo(2);
        assertThat(dialog(page)).not().isVisible();

        quickApp.pass(seconds(3));

        assertThat(secondsShown(page)).isBetween(12, 15);
    }

    /** In the application's own texts, and in those of the page's language, or in English. */
    @ParameterizedTest
    @CsvSource({
        "en, ltr, false, 1280, Are you still there?",
        "en, ltr, true, 1280, Are you still there?",
        "de-DE, ltr, false, 390, Sind Sie noch da?",
        "ar, rtl, true, 390, هل ما زلت هنا؟",
        "ar, rtl, false, 1280, هل ما زلت هنا؟",
        "fr, ltr, false, 390, Are you still there?",
        "fr, ltr, false, 390, Êtes-vous là ?"
    })
    void theDialogIsAccessible(String language, String direction, boolean dark, int width, String title) {
        var device = (dark ? Device.CHROME_ON_MAC.dark() : Device.CHROME_ON_MAC).size(width, 800);
        var speaking = new IdleApp(browsers.open(device), server, language, direction);
        app = speaking;
        var own = title.startsWith("Ê");
        var page = speaking.open(own ? "{ texts: { title: 'Êtes-vous là ?' } }" : "{}");
        speaking.pass(UNTIL_WARNING);

        assertThat(dialog(page)).hasAccessibleName(title);
        assertThat(dialog(page)).hasAttribute("lang", own || !language.equals("fr") ? language.substring(0, 2) : "en");
        Browsers.picture(
                page, "idle-dialog-%s-%s-%d%s".formatted(language, dark ? "dark" : "light", width, own ? "-own" : ""));
        speaking.resume(); // axe takes its time
        assertThat(Accessibility.violations(page)).isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
        var heading = dialog(page).getByRole(AriaRole.HEADING).boundingBox();
        var box = dialog(page).boundingBox();
        assertThat(box.x).isGreaterThanOrEqualTo(8);
        var stay = dialog(page).getByRole(AriaRole.BUTTON).first().boundingBox();
        assertThat(direction.equals("rtl") ? box.x + box.width - stay.x - stay.width : stay.x - box.x)
                .as("the first button begins where the text begins")
                .isBetween(20.0, 30.0);
        assertThat(stay.height).isGreaterThanOrEqualTo(24);
        assertThat(heading.width).isPositive();
        page.keyboard().press("Tab");
        assertThat(dialog(page).getByRole(AriaRole.BUTTON).last()).isFocused();
    }

    private static Locator button(Page page, String name) {
        return dialog(page)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static int secondsShown(Page page) {
        return Integer.parseInt(
                dialog(page).getByRole(AriaRole.TIMER).innerText().replaceAll("\\D.*", ""));
    }

    private static double secondsLeft(Page page) {
        return ((Number) page.evaluate("() => guard.secondsLeft()")).doubleValue();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
