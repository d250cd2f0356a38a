package io.github.clinicsessions.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * People's browsers: each context is one browser of one person, with its own cookies. Declare it as a
 * {@code @RegisterExtension}. The contexts of a test are closed after it; when it fails, each open page is
 * photographed first.
 */
public final class Browsers implements BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler {

    private static final Logger LOG = Logger.getLogger(Browsers.class.getName());
    private static final Namespace NAMESPACE = Namespace.create(Browsers.class);

    private final List<BrowserContext> contexts = new ArrayList<>();
    private @Nullable Store store;

    @Override
    public void beforeEach(ExtensionContext context) {
        store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        var name = context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        var pages = contexts.stream().flatMap(open -> open.pages().stream()).toList();
        for (var i = 0; i < pages.size(); i++) {
            try {
                LOG.warning("failed at " + pages.get(i).url() + ", see "
                        + screenshot(pages.get(i), "failed-" + name + "-" + i));
            } catch (PlaywrightException e) {
                LOG.warning(() -> "no picture of the failure: " + e.getMessage());
            }
        }
        throw failure;
    }

    /** A browser of its own, nobody signed in. */
    public BrowserContext open(Device device) {
        if (store == null) {
            throw new IllegalStateException("only from tests: declare Browsers as a @RegisterExtension");
        }
        var context = store.computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class)
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setUserAgent(device.userAgent())
                        .setLocale(device.locale())
                        .setTimezoneId("Europe/Berlin")
                        .setColorScheme(device.colorScheme())
                        .setViewportSize(device.width(), device.height())
                        .setJavaScriptEnabled(device.javaScript()));
        context.setDefaultTimeout(20_000);
        contexts.add(context);
        return context;
    }

    /** A new browser that goes to the URL and signs the person in on the way; the page where they end. */
    public Page signIn(Device device, String url, String username) {
        var page = open(device).newPage();
        page.navigate(url);
        fillLoginForm(page, username, username);
        return page;
    }

    /**
     * A new browser whose person has signed in already, by requests with its cookies, which takes a third of the time; the page
     * at the URL, one of ours. Where it matters that people come to it by the sign-in page, see {@link #signIn}.
     */
    public Page signedIn(Device device, String url, String username) {
        var context = open(device);
        var form = HttpBrowser.FORM.matcher(context.request().get(url).text());
        if (!form.find()) {
            throw new AssertionError("no sign-in page at " + url);
        }
        var answer = context.request()
                .post(
                        form.group(1).replace("&amp;", "&"),
                        RequestOptions.create()
                                .setForm(FormData.create()
                                        .set("username", username)
                                        .set("password", username))
                                .setMaxRedirects(0));
        if (answer.status() / 100 != 3) {
            throw new AssertionError("sign-in of " + username + ": " + answer.status());
        }
        var page = context.newPage();
        page.navigate(url);
        return page;
    }

    /** On Keycloak's sign-in page; returns when the browser has left it. */
    public static void fillLoginForm(Page page, String username, String password) {
        page.fill("#username", username);
        if (page.locator("#password").count() == 0) { // a realm of organizations asks for the name first
            page.click("#kc-login");
        }
        page.fill("#password", password);
        page.click("#kc-login");
        page.waitForURL(url -> !url.contains("/login-actions/") && !url.contains("/openid-connect/auth"));
    }

    /** The whole page for people to look at, as {@code target/screenshots/{name}.png}; only with {@code -Dkc.it.screenshots=true}. */
    public static void picture(Page page, String name) {
        if (Boolean.getBoolean("kc.it.screenshots")) {
            screenshot(page, name);
        }
    }

    private static Path screenshot(Page page, String name) {
        var file = Project.target().resolve("screenshots").resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return file;
    }

    /** Playwright's driver on the system's Node.js (its own with profile bundled-node), steering the system's Chromium; one of each per JVM. */
    private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

        static Chromium start() {
            var environment = new HashMap<>(System.getenv());
            environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            if (Browsers.class.getResource("/driver/linux/node") == null) {
                environment.put("PLAYWRIGHT_NODEJS_PATH", find("PLAYWRIGHT_NODEJS_PATH", "node", "nodejs"));
            } else {
                environment.remove("PLAYWRIGHT_NODEJS_PATH");
            }
            var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            var browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(
                                    Path.of(find("CHROMIUM", "chromium", "chromium-browser", "google-chrome")))
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
            return new Chromium(playwright, browser);
        }

        /** What the variable says, else the first of these commands on the path. */
        private static String find(String variable, String... commands) {
            var said = System.getenv(variable);
            if (said != null && !said.isBlank()) {
                return said;
            }
            var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
            return Arrays.stream(commands)
                    .flatMap(command -> Stream.of(folders).map(folder -> Path.of(folder, command)))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no " + commands[0] + " on the path; install it or name it in " + variable))
                    .toString();
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }
}
