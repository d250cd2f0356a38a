package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** The page that asks which sessions are to end, as people meet it. */
class SessionLimitPageIT {

    private static final String BROWSER = "limited browser";
    private static final String AFTER_BROKER = "limited after broker";
    private static final String LONG = "Station für Patientinnen-und-Patientenaufnahmekoordination".repeat(3);

    /** Not the whole page: Keycloak's own hidden tooltip beside the user name is outside of a telephone's screen. */
    private static final String INSIDE = """
            [...document.querySelectorAll('#clinic-session-limit, #clinic-session-limit *')]
                .map(one => one.getBoundingClientRect())
                .every(one => one.left >= 0 && one.right <= document.documentElement.clientWidth)""";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm PROVIDER = TestRealm.stock();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private static LimitFlows flows;

    @BeforeAll
    static void theRealmHasTheAuthenticator() {
        flows = new LimitFlows(REALM);
        flows.browser(BROWSER);
        flows.postLogin(AFTER_BROKER);
    }

    @BeforeEach
    void twoSessionsAtATime() {
        flows.configure(BROWSER, Map.of("maxSessions", "2", "limitBehavior", "choose"));
    }

    @Test
    void byKeyboardAndWithoutJavaScript() {
        var user = person("keys");
        var mac = REALM.tokens().signIn(user, Device.CHROME_ON_MAC.userAgent());
        var windows = REALM.tokens().signIn(user, Device.FIREFOX_ON_WINDOWS.userAgent());
        var page = asked(Device.CHROME_ON_MAC.withoutJavaScript(), user);

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Too many sessions");
        var group = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Your sessions"));
        assertThat(group.getByRole(AriaRole.CHECKBOX)).hasCount(2);
        var chrome = box(group, "Chrome on macOS");
        assertThat(chrome)
                .hasAccessibleDescription(Pattern.compile(
                        "Last active: just now \\(.+ UTC\\)\\s+Signed in: .+ UTC\\s+Address: .+\\s+Applications: .+"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out the chosen and continue"))
                .press("Enter");

        assertThat(page.locator("#input-error-session")).hasText("Choose at least one session: none is chosen.");
        chrome = box(page.locator("fieldset"), "Chrome on macOS");
        assertThat(chrome).isFocused();
        assertThat(chrome).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("fieldset")).hasAccessibleDescription("Choose at least one session: none is chosen.");
        assertThat(List.of(mac, windows)).allMatch(REALM.tokens()::introspect);

        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        page.waitForURL(REALM.account("sessions"));
        assertThat(REALM.tokens().introspect(mac)).isFalse();
        assertThat(REALM.tokens().introspect(windows)).isTrue();
        assertThat(page.locator(".clinic-session")).hasCount(2);
    }

    @Test
    void reloadAndBackShowItAgainAndEndNothing() {
        var user = person("reload");
        var there = Stream.generate(() -> REALM.tokens().signIn(user)).limit(2).toList();
        var page = asked(Device.CHROME_ON_MAC, user);

        page.reload();
        assertThat(page.locator("#clinic-session-limit input[type=checkbox]")).hasCount(2);
        page.locator("#login-select-toggle").selectOption(new SelectOption().setLabel("German (Deutsch)"));
        assertThat(page.locator("h1")).hasText("Zu viele Sitzungen");
        page.locator("#clinic-session-limit input[type=checkbox]").first().check();
        page.navigate(REALM.account("sessions"));
        page.goBack();
        assertThat(there).allMatch(REALM.tokens()::introspect);
        assertThat(REALM.sessionCount(user)).isEqualTo(2);
    }

    @Test
    void momentsAreInTheBrowsersZone() {
        var user = person("zone");
        REALM.tokens().signIn(user);
        REALM.tokens().signIn(user);

        assertThat(asked(Device.CHROME_ON_MAC, user).locator("time").first())
                .hasText(Pattern.compile("GMT\\+[12]|CES?T"));
        assertThat(asked(Device.CHROME_ON_MAC.withoutJavaScript(), user)
                        .locator("time")
                        .first())
                .hasText(Pattern.compile("UTC"));
    }

    @Test
    void isAtHomeInEachLanguageColourAndSize() {
        var user = person("look");
        var client = client(Tokens.APP);
        client.setName(LONG + " <b>&amp;");
        REALM.admin().clients().get(client.getId()).update(client);
        REALM.tokens().signInOffline(user);
        REALM.tokens().signIn(user, Device.CHROME_ON_MAC.userAgent(), "2001:db8:85a3:8d3:1319:8a2e:370:7348");
        REALM.tokens().signIn(user, Device.SAFARI_ON_IPHONE.userAgent(), "203.0.113.7");

        for (var device : List.of(
                Device.CHROME_ON_MAC,
                Device.CHROME_ON_MAC.dark(),
                Device.CHROME_ON_MAC.locale("de-DE").size(390, 844),
                Device.CHROME_ON_MAC.locale("ar").size(390, 844).dark(),
                Device.CHROME_ON_MAC.locale("ar"))) {
            var page = asked(device, user);
            var language = device.locale().substring(0, 2);
            assertThat(page.locator("html")).hasAttribute("dir", language.equals("ar") ? "rtl" : "ltr");
            assertThat(page.locator("h1"))
                    .hasText(Map.of(
                                    "en",
                                    "Too many sessions",
                                    "de",
                                    "Zu viele Sitzungen",
                                    "ar",
                                    "عدد الجلسات أكثر من المسموح")
                            .get(language));
            page.locator("#clinic-continue").click();
            assertThat(page.locator("#input-error-session")).isVisible();
            var name = "session-limit-" + language + "-" + device.width() + "-" + device.colorScheme();
            Browsers.picture(page, name);
            assertThat(page.evaluate(INSIDE))
                    .as(name + " is wider than the screen")
                    .isEqualTo(true);
            assertThat(ours(Accessibility.violations(page))).as(name).isEmpty();
        }
    }

    @Test
    void aHundredSessions() {
        flows.configure(BROWSER, Map.of("maxSessions", "100", "limitBehavior", "choose"));
        var user = person("many");
        for (var i = 0; i < 100; i++) {
            REALM.tokens().signIn(user, i % 2 == 0 ? Device.CHROME_ON_MAC.userAgent() : "curl/" + i);
        }
        var page = asked(Device.SAFARI_ON_IPHONE, user);

        assertThat(page.locator("#clinic-session-limit input[type=checkbox]")).hasCount(100);
        page.locator("#clinic-session-limit input[type=checkbox]").last().check();
        page.locator("#clinic-continue").click();
        page.waitForURL(REALM.account("sessions"));
        assertThat(REALM.sessionCount(user)).isEqualTo(100);
    }

    @Test
    void isReadableInTheOldTheme() {
        var user = person("old");
        var there = Stream.generate(() -> REALM.tokens().signIn(user)).limit(2).toList();
        REALM.update(realm -> realm.setLoginTheme("keycloak"));
        try {
            var page = asked(Device.CHROME_ON_MAC, user);
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("Too many sessions");
            page.locator("#clinic-continue").click();
            assertThat(page.locator("#input-error-session")).isVisible();
            Browsers.picture(page, "session-limit-old-theme");
            page.locator("[name=session][value='" + there.get(0).sessionId() + "']")
                    .check();
            page.locator("#clinic-continue").click();
            page.waitForURL(REALM.account("sessions"));
            assertThat(REALM.tokens().introspect(there.get(0))).isFalse();
            assertThat(REALM.tokens().introspect(there.get(1))).isTrue();
        } finally {
            REALM.update(realm -> realm.setLoginTheme(""));
        }
    }

    @Test
    void whoIsRefusedIsToldWhatToDo() {
        flows.configure(BROWSER, Map.of("maxSessions", "2", "limitBehavior", "deny"));
        var user = person("refused");
        REALM.tokens().signIn(user);
        REALM.tokens().signIn(user);
        var page = signIn(Device.CHROME_ON_MAC.locale("de-DE"), user);

        assertThat(page.locator("#kc-error-message"))
                .containsText("Ihr Konto darf höchstens 2 Sitzungen gleichzeitig haben, und so viele hat es.");
        Browsers.picture(page, "session-limit-denied");
        assertThat(ours(Accessibility.violations(page))).isEmpty();
    }

    @Test
    void whoeverWasSignedOutIsToldAtTheNextSignIn() {
        flows.configure(BROWSER, Map.of("maxSessions", "1", "limitBehavior", "end-least-recent"));
        var user = person("told");
        var page = signIn(Device.CHROME_ON_MAC, user);
        page.waitForURL(REALM.account("sessions"));
        signIn(Device.FIREFOX_ON_WINDOWS, user).waitForURL(REALM.account("sessions"));

        page.reload(); // the page takes away the cookie of a session that has ended

        assertThat(page.locator(".kc-feedback-text")).containsText("was signed out at this time: ");
        Browsers.picture(page, "session-limit-signed-out-here");
        page.reload();
        assertThat(page.locator(".kc-feedback-text")).containsText("was signed out at this time: ");
        page.fill("#username", user);
        page.fill("#password", user);
        page.click("#kc-login");
        page.waitForURL(REALM.account("sessions"));
    }

    @Test
    void afterASignInByAnIdentityProvider() {
        assumeTrue(REALM.server().sqlLog().isPresent(), "a container does not reach itself by the tests' address");
        flows.configure(AFTER_BROKER, Map.of("maxSessions", "1", "limitBehavior", "choose"));
        var user = "guest-" + UUID.randomUUID();
        PROVIDER.addUser(user, "Gina", "Guest");
        provide();
        try {
            byProvider(user).waitForURL(REALM.account("sessions"));
            var before = REALM.user(user).getUserSessions().get(0).getId();

            var page = byProvider(user);
            assertThat(page.url()).contains("post-broker-login");
            assertThat(page.locator("#clinic-session-limit input[type=checkbox]"))
                    .hasCount(1);
            page.locator("#clinic-session-limit input[type=checkbox]").check();
            assertThat(REALM.sessionCount(user)).isEqualTo(1);
            page.locator("#clinic-continue").click();
            page.waitForURL(REALM.account("sessions"));
            assertThat(REALM.user(user).getUserSessions())
                    .singleElement()
                    .satisfies(session -> assertThat(session.getId()).isNotEqualTo(before));
        } finally {
            REALM.admin().identityProviders().get("other").remove();
        }
    }

    /** Realm and provider know each other. */
    private static void provide() {
        var client = new ClientRepresentation();
        client.setClientId("clinic-broker");
        client.setSecret("broker-secret");
        client.setRedirectUris(List.of(REALM.url() + "/broker/other/endpoint"));
        try (Response response = PROVIDER.admin().clients().create(client)) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
        var provider = new IdentityProviderRepresentation();
        provider.setAlias("other");
        provider.setProviderId("oidc");
        provider.setTrustEmail(true);
        provider.setPostBrokerLoginFlowAlias(AFTER_BROKER);
        var endpoints = PROVIDER.url() + "/protocol/openid-connect/";
        provider.setConfig(Map.of(
                "clientId", "clinic-broker",
                "clientSecret", "broker-secret",
                "clientAuthMethod", "client_secret_post",
                "authorizationUrl", endpoints + "auth",
                "tokenUrl", endpoints + "token",
                "jwksUrl", endpoints + "certs",
                "useJwksUrl", "true",
                "issuer", PROVIDER.url(),
                "defaultScope", "openid profile email"));
        try (Response response = REALM.admin().identityProviders().create(provider)) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
    }

    private Page byProvider(String user) {
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        page.navigate(REALM.account("sessions"));
        page.locator("#social-other").click();
        page.waitForURL(url -> url.startsWith(PROVIDER.url()));
        page.fill("#username", user);
        page.fill("#password", user);
        page.click("#kc-login");
        page.waitForURL(url -> url.startsWith(REALM.url()));
        return page;
    }

    /** In a new browser, at the page that asks. */
    private Page asked(Device device, String user) {
        var page = signIn(device, user);
        assertThat(page.locator("#clinic-session-limit")).isVisible();
        return page;
    }

    private Page signIn(Device device, String user) {
        var page = browsers.open(device).newPage();
        page.navigate(REALM.account("sessions"));
        page.fill("#username", user);
        page.fill("#password", user);
        page.click("#kc-login");
        return page;
    }

    private static Locator box(Locator group, String name) {
        return group.getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(name));
    }

    /** Keycloak's own template names no label for the user name that it shows. */
    private static List<String> ours(List<String> violations) {
        return violations.stream()
                .filter(line -> !line.contains("kc-attempted-username"))
                .toList();
    }

    private static ClientRepresentation client(String clientId) {
        return REALM.admin().clients().findByClientId(clientId).get(0);
    }

    private static String person(String name) {
        var user = name + "-" + UUID.randomUUID();
        REALM.addUser(user, "Pat", "Person");
        return user;
    }
}
