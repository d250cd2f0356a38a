package io.github.clinicsessions.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long a person waits for the list of their sessions: from the navigation, in a browser that is signed in and has
 * nothing cached, to the visible list. Our page against Keycloak's own Device activity, alternating, on one server.
 *
 * <p>Reports, never fails for a time: {@code bin/test -Dit.test=PageLoadBenchmark -Dkc.it.benchmark=true}.
 */
class PageLoadBenchmark {

    private static final Logger LOG = Logger.getLogger(PageLoadBenchmark.class.getName());
    private static final int RUNS = 20;
    private static final int WARM_UP = 3;
    private static final int SESSIONS = 3;

    /** Notes the time of the first frame in which the list is visible. */
    private static final String WATCH = """
            (function look() {
              const rows = document.querySelectorAll("%s");
              if (rows.length >= %d && rows[0].checkVisibility()) {
                requestAnimationFrame(() => { window.clinicSeen = Date.now(); });
              } else {
                requestAnimationFrame(look);
              }
            })();""";

    @RegisterExtension
    static final TestRealm OURS = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm STOCK = TestRealm.stock();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void coldPage() throws IOException {
        var ours = new Subject("Sessions (ours)", OURS, "sessions", ".clinic-sessions li");
        var stock = new Subject(
                "Device activity (stock)",
                STOCK,
                "account-security/device-activity",
                ".signed-in-device-list .session-title");
        for (var i = 0; i < WARM_UP; i++) {
            ours.load();
            stock.load();
        }
        var ourLoads = new ArrayList<Load>();
        var stockLoads = new ArrayList<Load>();
        for (var i = 0; i < RUNS; i++) {
            ourLoads.add(ours.load());
            stockLoads.add(stock.load());
        }
        var report = String.join(
                "\n",
                "| page | median ms | p25 | p75 | requests | kB over the wire |",
                "|---|---|---|---|---|---|",
                row(ours.name, ourLoads),
                row(stock.name, stockLoads),
                "",
                "Ratio of the medians: %.2f (%d runs each, %d sessions)"
                        .formatted(quantile(ourLoads, 0.5) / quantile(stockLoads, 0.5), RUNS, SESSIONS));
        LOG.info(() -> "\n" + report);
        Files.writeString(Project.target().resolve("page-load.md"), report + "\n");
    }

    private static String row(String name, List<Load> loads) {
        return "| %s | %.0f | %.0f | %.0f | %d | %d |"
                .formatted(
                        name,
                        quantile(loads, 0.5),
                        quantile(loads, 0.25),
                        quantile(loads, 0.75),
                        loads.get(0).requests,
                        loads.get(0).bytes / 1000);
    }

    private static double quantile(List<Load> loads, double share) {
        var sorted = new ArrayList<>(loads.stream().map(Load::millis).toList());
        Collections.sort(sorted);
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    private record Load(double millis, int requests, long bytes) {}

    private final class Subject {
        private final String name;
        private final String url;
        private final String list;
        private final List<Cookie> cookies;

        Subject(String name, TestRealm realm, String page, String list) {
            this.name = name;
            this.url = realm.account(page);
            this.list = list;
            for (var i = 1; i < SESSIONS; i++) {
                realm.tokens().signIn("staff", Device.FIREFOX_ON_WINDOWS.userAgent());
            }
            var signedIn = browsers.signIn(Device.CHROME_ON_MAC, realm.account(page), "staff");
            signedIn.locator(list).first().waitFor();
            cookies = signedIn.context().cookies().stream()
                    .map(cookie -> new Cookie(cookie.name, cookie.value)
                            .setDomain(cookie.domain)
                            .setPath(cookie.path)
                            .setHttpOnly(cookie.httpOnly)
                            .setSecure(cookie.secure)
                            .setSameSite(cookie.sameSite))
                    .toList();
        }

        Load load() {
            try (BrowserContext context = browsers.open(Device.CHROME_ON_MAC)) {
                context.addCookies(cookies);
                context.addInitScript(WATCH.formatted(list, SESSIONS));
                Page page = context.newPage();
                var requests = new AtomicInteger();
                var bytes = new AtomicLong();
                page.onRequest(request -> requests.incrementAndGet());
                page.onRequestFinished(request -> bytes.addAndGet(request.sizes().responseBodySize));
                var began = System.currentTimeMillis();
                page.navigate(url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
                page.locator(list).nth(SESSIONS - 1).waitFor();
                var seen = page.waitForFunction("() => window.clinicSeen").jsonValue();
                return new Load(((Number) seen).doubleValue() - began, requests.get(), bytes.get());
            }
        }
    }
}
