package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.clinicsessions.it.Http.Answer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the authenticator {@code clinic-session-limit} may be told: wrong configuration is refused when it is saved. */
class SessionLimitConfigIT {

    private static final String LIMIT = "clinic-session-limit";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @BeforeAll
    static void bePatient() {
        setDefaultAssertionTimeout(20_000);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("maxSessions", "0", "is not between 1 and 100"),
                Arguments.of("maxSessions", "101", "is not between 1 and 100"),
                Arguments.of("maxSessions", "-99999999999", "is not between 1 and 100"),
                Arguments.of("maxSessions", "two", "is not a whole number between 1 and 100"),
                Arguments.of("limitBehavior", "newest", "end-least-recent"),
                Arguments.of("countOfflineSessions", "perhaps", "is neither true nor false"),
                Arguments.of("exemptRoles", "clinic-owner##nobody", "there is no role \"nobody\""),
                Arguments.of("roleMaxSessions", "{}", "is not a map of roles and numbers"),
                Arguments.of("roleMaxSessions", roles("front-desk", "0"), "is not between 1 and 100"),
                Arguments.of("roleMaxSessions", roles("front-desk", ""), "is missing"),
                Arguments.of("roleMaxSessions", roles("", "3"), "a number without a role"),
                Arguments.of("roleMaxSessions", roles("nobody", "3"), "there is no role \"nobody\""));
    }

    /** A new one and one that is changed. */
    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongFieldIsRefusedByNameAndNothingIsSaved(String field, String value, String bound) {
        var flow = new Flow(REALM, LIMIT);

        assertRefused(flow.configure(Map.of(field, value)), field, bound);
        assertThat(flow.config().isMissingNode()).isTrue();

        assertThat(flow.configure(Map.of("maxSessions", "2")).status()).isEqualTo(201);
        assertRefused(flow.reconfigure(with("maxSessions", "3", field, value)), field, bound);
        assertThat(flow.config()).isEqualTo(Http.parse("{\"maxSessions\":\"2\"}"));
        assertRefused(flow.configure(with("maxSessions", "3", field, value)), field, bound);
        assertThat(flow.config().toString()).isEqualTo("{\"maxSessions\":\"2\"}");
    }

    @Test
    void everythingThatIsWrongIsNamedAndNoAdminEventTellsOfIt() {
        var flow = new Flow(REALM, LIMIT);

        var answer = flow.configure(Map.of(
                "maxSessions",
                "0",
                "limitBehavior",
                "x",
                "exemptRoles",
                "a".repeat(500),
                "countOfflineSessions",
                "no"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("maxSessions", "limitBehavior", "countOfflineSessions", "exemptRoles");
        assertThat(answer.body()).hasSizeLessThan(2_000);
        assertThat(REALM.admin().getAdminEvents())
                .noneMatch(event -> event.getResourcePath().contains(flow.execution()));
    }

    @Test
    void whatIsRightIsSavedAsItIs() {
        var flow = new Flow(REALM, LIMIT);
        Map<String, String> right = new LinkedHashMap<>();
        right.put("maxSessions", " 100 ");
        right.put("limitBehavior", "deny");
        right.put("countOfflineSessions", "false");
        right.put("exemptRoles", "clinic-owner##account.manage-account");
        right.put("roleMaxSessions", roles("front-desk", "1"));

        assertThat(flow.configure(right).status()).isEqualTo(201);

        assertThat(flow.config()).isEqualTo(Http.JSON.valueToTree(right));
        assertThat(flow.reconfigure(Map.of()).status()).as("nothing of its own").isEqualTo(204);
    }

    /** The deprecated way: a configuration of nobody's, which an execution then gets. */
    @Test
    void aConfigurationOfNobodysIsLookedAtWhenAnExecutionGetsIt() {
        var flow = new Flow(REALM, LIMIT);
        var ofNobody = config(Map.of("maxSessions", "1000"));
        var created = call(REALM, "POST", "config", ofNobody);
        assertThat(created.status()).isEqualTo(201);
        var id = created.header("Location").replaceAll(".*/", "");
        var execution = flow.executionWith(LIMIT, ofNobody.path("alias").asText());

        var refused = call(REALM, "POST", "executions", execution);

        assertRefused(refused, "maxSessions", "is not between 1 and 100");
        assertThat(flow.executions()).hasSize(1);
        var right = ofNobody.deepCopy();
        right.putObject("config").put("maxSessions", "10");
        assertThat(call(REALM, "PUT", "config/" + id, right).status()).isEqualTo(204);
        assertThat(call(REALM, "POST", "executions", execution).status()).isEqualTo(201);
        assertRefused(call(REALM, "PUT", "config/" + id, ofNobody), "maxSessions", "is not between 1 and 100");
    }

    @Test
    void otherAuthenticatorsMayHaveWhatTheyWant() {
        var flow = new Flow(REALM, "auth-otp-form");

        assertThat(flow.configure(Map.of("maxSessions", "0", "limitBehavior", "x"))
                        .status())
                .isEqualTo(201);
        assertThat(flow.reconfigure(Map.of("maxSessions", "101")).status()).isEqualTo(204);
        assertThat(flow.config().path("maxSessions").asText()).isEqualTo("101");
    }

    @Test
    void aRealmThatIsSwitchedOffIsProtectedToo() {
        var flow = new Flow(OFF, LIMIT);

        assertRefused(flow.configure(Map.of("maxSessions", "0")), "maxSessions", "is not between 1 and 100");
        assertThat(flow.config().isMissingNode()).isTrue();
    }

    @Test
    void theFormOfTheAdminConsoleKeepsWhatIsRightAndRefusesWhatIsWrong() {
        var flow = new Flow(REALM, LIMIT);
        var page = browsers.signIn(
                Device.CHROME_ON_MAC,
                REALM.server().url() + "/admin/master/console/#/" + REALM.name() + "/authentication/" + flow.id() + "/"
                        + flow.name() + "/notBuiltIn",
                KeycloakServer.ADMIN);
        page.setViewportSize(1600, 1400);
        openForm(page);
        page.getByTestId("alias").fill(flow.name());
        page.getByTestId("maxSessions").fill("0");
        save(page);
        assertThat(page.getByText("Sessions per person (maxSessions)").first()).isVisible();
        assertThat(page.getByText("is not between 1 and 100").first()).isVisible();
        Browsers.picture(page, "limit-config-refused");
        assertThat(flow.config().isMissingNode()).isTrue();

        page.getByTestId("maxSessions").fill("3");
        choose(page, "limitBehavior", "deny");
        page.getByTestId("countOfflineSessions").click(new Locator.ClickOptions().setForce(true));
        page.getByTestId("config.exemptRoles0").fill("clinic-owner");
        page.getByTestId("roleMaxSessions-add-row").click();
        page.getByPlaceholder("Type a key").fill("front-desk");
        page.getByPlaceholder("Type a value").fill("1");
        Browsers.picture(page, "limit-config");
        save(page);
        assertThat(page.locator("[class*=c-alert][class*=m-success]").first()).isVisible();
        assertThat(flow.config())
                .isEqualTo(Http.JSON.valueToTree(Map.of(
                        "maxSessions",
                        "3",
                        "limitBehavior",
                        "deny",
                        "countOfflineSessions",
                        "false",
                        "exemptRoles",
                        "clinic-owner",
                        "roleMaxSessions",
                        roles("front-desk", "1"))));

        page.reload();
        openForm(page);
        assertThat(page.getByTestId("maxSessions")).hasValue("3");
        assertThat(page.getByTestId("countOfflineSessions")).not().isChecked();
        assertThat(page.getByTestId("config.exemptRoles0")).hasValue("clinic-owner");
        assertThat(page.getByPlaceholder("Type a key")).hasValue("front-desk");
        assertThat(page.getByPlaceholder("Type a value")).hasValue("1");
        Browsers.picture(page, "limit-config-again");
        page.getByTestId("maxSessions").fill("101");
        save(page);
        assertThat(page.getByText("Sessions per person (maxSessions)").first()).isVisible();
        assertThat(flow.config().path("maxSessions").asText()).isEqualTo("3");
    }

    private static void openForm(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Settings").setExact(true))
                .click();
        page.getByTestId("maxSessions").waitFor();
    }

    private static void save(Page page) {
        page.locator("#execution-config-form").getByTestId("save").click();
    }

    private static void choose(Page page, String field, String value) {
        page.locator("#" + field).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(value))
                .click();
    }

    private static void assertRefused(Answer answer, String field, String bound) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("errorMessage").asText()).contains("(" + field + ")", bound);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
    }

    private static Map<String, String> with(String field, String right, String other, String wrong) {
        Map<String, String> config = new HashMap<>(Map.of(field, right));
        config.put(other, wrong);
        return config;
    }

    private static String roles(String role, String number) {
        return "[{\"key\":\"" + role + "\",\"value\":\"" + number + "\"}]";
    }

    private static ObjectNode config(Map<String, String> config) {
        var json = Http.JSON.createObjectNode().put("alias", "limit-" + System.nanoTime());
        json.set("config", Http.JSON.valueToTree(config));
        return json;
    }

    private static Answer call(TestRealm realm, String method, String path, ObjectNode body) {
        return Http.bearer(method, url(realm, path), realm.server().adminToken(), body.toString());
    }

    private static String url(TestRealm realm, String path) {
        return realm.server().url() + "/admin/realms/" + realm.name() + "/authentication/" + path;
    }

    /** A flow of its own for each test, with one execution. */
    private record Flow(TestRealm realm, String id, String name, String execution) {

        Flow(TestRealm realm, String provider) {
            this(realm, provider, "flow-" + System.nanoTime());
        }

        private Flow(TestRealm realm, String provider, String name) {
            this(realm, create(realm, name), name, add(realm, provider, name));
        }

        private static String create(TestRealm realm, String name) {
            var body = Http.JSON
                    .createObjectNode()
                    .put("alias", name)
                    .put("providerId", "basic-flow")
                    .put("topLevel", true)
                    .put("builtIn", false);
            return call(realm, "POST", "flows", body).header("Location").replaceAll(".*/", "");
        }

        private static String add(TestRealm realm, String provider, String name) {
            var body = Http.JSON.createObjectNode().put("provider", provider);
            return call(realm, "POST", "flows/" + name + "/executions/execution", body)
                    .header("Location")
                    .replaceAll(".*/", "");
        }

        JsonNode executions() {
            return get("flows/" + name + "/executions");
        }

        Answer configure(Map<String, String> config) {
            return call(realm, "POST", "executions/" + execution + "/config", SessionLimitConfigIT.config(config));
        }

        Answer reconfigure(Map<String, String> config) {
            return call(realm, "PUT", "config/" + configId(), SessionLimitConfigIT.config(config));
        }

        ObjectNode executionWith(String provider, String alias) {
            return Http.JSON
                    .createObjectNode()
                    .put("authenticator", provider)
                    .put("authenticatorConfig", alias)
                    .put("authenticatorFlow", false)
                    .put("parentFlow", id)
                    .put("requirement", "REQUIRED")
                    .put("priority", 20);
        }

        /** What is stored; missing if there is none. */
        JsonNode config() {
            return configId().isEmpty()
                    ? MissingNode.getInstance()
                    : get("config/" + configId()).path("config");
        }

        private String configId() {
            return executions().get(0).path("authenticationConfig").asText();
        }

        private JsonNode get(String path) {
            var answer = Http.bearer("GET", url(realm, path), realm.server().adminToken(), null);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return answer.json();
        }
    }
}
