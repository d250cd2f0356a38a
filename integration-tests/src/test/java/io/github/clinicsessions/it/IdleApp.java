package io.github.clinicsessions.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An application with the script, in one browser whose time stands still unless the test moves it. Its pages have the strictest
 * Content-Security-Policy that goes.
 */
final class IdleApp {

    /** Milliseconds since 1970 when a test begins. */
    static final long BEGIN = 1_800_000_000_000L;

    private static final Duration STEP = Duration.ofSeconds(1);

    /** Less than the ten seconds after which the script gives up a question: while they pass nothing is answered. */
    private static final Duration STRIDE = Duration.ofSeconds(5);

    private static final String ORIGIN = "https://app.example";
    private static final String CSP =
            "default-src 'none'; script-src 'self'; connect-src https://id.example; img-src data:;"
                    + " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s" dir="%s"><head><meta charset="utf-8"><title>App</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
            <script type="module" src="/app.js"></script></head>
            <body><main><h1>Application</h1><label>Note <input id="note"></label><button id="button">Button</button></main>
            </body></html>
            """;

    private static final String SCRIPT = """
            import { startIdleGuard } from "/clinic-idle.js";
            Object.assign(window, { inFlight: 0, asked: [], signOuts: [], warnings: [], answers: [] });
            const get = window.fetch;
            window.fetch = (...request) => (window.inFlight++, get(...request).finally(() => window.inFlight--));
            window.start = (more) => window.guard = startIdleGuard({
              keycloakUrl: "https://id.example/auth/",
              realm: "clinic",
              getToken: async (fresh) => (window.asked.push(fresh), fresh ? "fresh" : "token"),
              onSignOut: (reason) => window.signOuts.push(reason),
              onUpdate: (answer) => window.answers.push(answer),
              ...more,
            });
            """;

    final IdleServer server;
    final List<String> errors = new ArrayList<>();
    private final BrowserContext context;
    private final List<Page> tabs = new ArrayList<>();

    IdleApp(BrowserContext context, IdleServer server) {
        this(context, server, "en", "ltr");
    }

    IdleApp(BrowserContext context, IdleServer server, String language, String direction) {
        this.server = server;
        this.context = context;
        server.answer(context);
        file("/", "text/html; charset=utf-8", PAGE.formatted(language, direction));
        file("/app.js", "text/javascript; charset=utf-8", SCRIPT);
        file("/clinic-idle.js", "text/javascript; charset=utf-8", script());
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(message.text());
            }
        });
        context.onWebError(error -> errors.add(error.error()));
        context.clock().install(new Clock.InstallOptions().setTime(BEGIN));
        context.clock().pauseAt(BEGIN + 1_000);
    }

    /** The script as it is in the checkout. */
    static String script() {
        try {
            return Files.readString(Project.root().resolve("providers/src/main/resources/clinic-idle/clinic-idle.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tab with the guard, after its first answer. */
    Page open() {
        return open("{}");
    }

    /** The same with further options, a JavaScript expression. */
    Page open(String options) {
        var page = openWithout();
        page.evaluate("() => { start(" + options + "); }");
        settle();
        return page;
    }

    /** A tab whose guard is still to be started. */
    Page openWithout() {
        var page = context.newPage();
        page.navigate(ORIGIN + "/");
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("() => 'start' in window")));
        tabs.add(page);
        return page;
    }

    /** Time passes, for the browser and for the server, while the tabs do what is due; in small steps towards its end. */
    void pass(Duration time) {
        var left = time;
        while (left.compareTo(Duration.ZERO) > 0) {
            var step = left.compareTo(STRIDE.multipliedBy(4)) > 0 ? STRIDE : STEP;
            server.pass(step);
            context.clock().runFor(step.toMillis());
            settle();
            left = left.minus(step);
        }
    }

    /** The machine sleeps: all timers are late. */
    void sleep(Duration time) {
        server.pass(time);
        context.clock().fastForward(time.toMillis());
        settle();
        pass(STEP);
    }

    /** Somebody sets the browser's wall clock; no time passes. */
    void setWallClock(Page page, Duration later) {
        var now = ((Number) page.evaluate("() => Date.now()")).longValue();
        context.clock().setSystemTime(now + later.toMillis());
    }

    /** From now on time passes by itself. */
    void resume() {
        context.clock().resume();
    }

    /** Until nothing is being asked, and nobody waits for the lock under which is reported; twice, because answers lead to further questions. */
    void settle() {
        for (var i = 0; i < 2; i++) {
            for (var tab : tabs) {
                tab.waitForCondition(
                        () -> Integer.valueOf(0)
                                .equals(
                                        tab.evaluate(
                                                "async () => { await navigator.locks.request('settle', () => {}); return inFlight; }")));
            }
        }
    }

    static Locator dialog(Page page) {
        return page.getByRole(com.microsoft.playwright.options.AriaRole.ALERTDIALOG);
    }

    static Object signOuts(Page page) {
        return page.evaluate("() => signOuts");
    }

    private void file(String path, String type, String content) {
        context.route(
                ORIGIN + path,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(200)
                        .setContentType(type)
                        .setHeaders(Map.of("Content-Security-Policy", CSP))
                        .setBody(content)));
    }
}
