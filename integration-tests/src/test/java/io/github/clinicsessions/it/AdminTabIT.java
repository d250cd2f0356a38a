package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.clinicsessions.it.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The tab <i>Clinic sessions</i> of the Admin Console's realm settings, on a server with {@code declarative-ui}; on one without
 * there is nothing, and nothing is wrong.
 */
class AdminTabIT {

    private static final ServerOptions WITH_TABS = ServerOptions.withFeatures("tabs");
    private static final String TYPE = "org.keycloak.services.ui.extend.UiTabProvider";

    @RegisterExtension
    static final TestRealm SAVED = TestRealm.clinic().on(WITH_TABS);

    @RegisterExtension
    static final TestRealm REFUSED = TestRealm.clinic().on(WITH_TABS);

    @RegisterExtension
    static final TestRealm ELSEWHERE = TestRealm.clinic().on(WITH_TABS);

    @RegisterExtension
    static final TestRealm RIGHTS = TestRealm.clinic().on(WITH_TABS);

    @RegisterExtension
    static final TestRealm SWITCHED = TestRealm.stock().on(WITH_TABS);

    @RegisterExtension
    static final TestRealm WITHOUT_THE_FEATURE = TestRealm.clinic().with(AdminTabIT::addTab);

    @RegisterExtension
    final Browsers browsers = new Browsers();

    /** The console loads a lot, on a machine that may be busy. */
    @BeforeAll
    static void bePatient() {
        setDefaultAssertionTimeout(20_000);
    }

    @Test
    void showsWhatIsInForceAndSavesWhatIsChanged() {
        var page = open(SAVED);
        assertThat(page.getByText("Clinic sessions", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat(field(page, "idleTimeoutMinutes")).hasValue("30");
        assertThat(field(page, "accessTokenSeconds")).hasValue("60");
        assertThat(field(page, "ledgerYears")).hasValue("6");
        assertThat(field(page, "optOutAllowed")).isChecked();
        assertThat(field(page, "endSessionsOnPasswordChange")).isChecked();
        assertThat(field(page, "boundOffline")).not().isChecked();

        assertThat(field(page, "maxSessions")).hasValue("");
        assertThat(page.locator("main")).containsText("choose");
        field(page, "idleTimeoutMinutes").fill("20");
        field(page, "maxSessions").fill("4");
        choose(page, "limitBehavior", "end-least-recent");
        assertThat(field(page, "countries")).hasValue("");
        field(page, "countries").fill("at de");
        assertThat(field(page, "notifyOwner")).not().isChecked();
        field(page, "optOutAllowed").click(new Locator.ClickOptions().setForce(true));
        save(page);
        assertThat(alert(page)).isVisible();

        var realm = SAVED.admin().toRepresentation();
        assertThat(realm.getSsoSessionIdleTimeout()).isEqualTo(20 * 60);
        assertThat(realm.getAttributes()).containsEntry("clinicSessions.optOutAllowed", "false");
        assertThat(SettingRows.of(SAVED))
                .filteredOn(row -> "ADMIN".equals(row.actorType()) && "admin".equals(row.actorName()))
                .extracting(row -> SettingRows.detail(row, "setting") + " " + SettingRows.detail(row, "old") + " "
                        + SettingRows.detail(row, "new"))
                .containsExactlyInAnyOrder(
                        "idleTimeoutMinutes 30 20",
                        "optOutAllowed true false",
                        "maxSessions - 4",
                        "limitBehavior choose end-least-recent",
                        "countries - AT,DE");

        page.setViewportSize(1900, 1080); // the whole form, and the tab's name
        page.reload();
        assertThat(field(page, "maxSessions")).hasValue("4");
        assertThat(field(page, "countries")).hasValue("AT, DE");
        assertThat(page.locator("main")).containsText("end-least-recent");
        assertThat(field(page, "idleTimeoutMinutes")).hasValue("20");
        assertThat(field(page, "optOutAllowed")).not().isChecked();
        Browsers.picture(page, "admin-tab");

        field(page, "maxSessions").fill("");
        field(page, "countries").fill("");
        save(page);
        Awaitility.await()
                .untilAsserted(() -> assertThat(SAVED.admin().toRepresentation().getAttributes())
                        .doesNotContainKeys("clinicSessions.maxSessions", "clinicSessions.countries")
                        .containsEntry("clinicSessions.limitBehavior", "end-least-recent"));
        page.reload();
        assertThat(field(page, "ledgerYears")).hasValue("6");
        assertThat(field(page, "maxSessions")).hasValue("");
    }

    @Test
    void aWrongValueIsRefusedByName() {
        var page = open(REFUSED);
        field(page, "idleTimeoutMinutes").fill("241");
        field(page, "ledgerYears").fill("5");
        save(page);

        assertThat(page.getByText("Session timeout (minutes) must be a whole number from 1 to 240.")
                        .first())
                .isVisible();
        Browsers.picture(page, "admin-tab-refused");
        assertThat(REFUSED.admin().toRepresentation().getSsoSessionIdleTimeout())
                .isEqualTo(30 * 60);
        assertThat(SettingRows.of(REFUSED)).isEmpty();
        page.reload();
        assertThat(field(page, "idleTimeoutMinutes")).hasValue("30");
        assertThat(field(page, "ledgerYears")).hasValue("6");
    }

    @Test
    void showsWhatWasChangedElsewhere() {
        assertThat(AdminApi.of(ELSEWHERE).put("settings", "{\"ledgerYears\":3}").status())
                .isEqualTo(200);
        assertThat(stored(ELSEWHERE, "ledgerYears")).isEqualTo("3");

        ELSEWHERE.update(realm -> realm.setSsoSessionIdleTimeout(100 * 60));
        assertThat(stored(ELSEWHERE, "idleTimeoutMinutes")).isEqualTo("100");

        ELSEWHERE.update(realm -> realm.setAccessTokenLifespan(45));
        assertThat(stored(ELSEWHERE, "accessTokenSeconds")).isEqualTo("45");

        ELSEWHERE.update(realm -> realm.setAccessTokenLifespan(600));
        assertThat(stored(ELSEWHERE, "accessTokenSeconds"))
                .as("what came of it")
                .isEqualTo("120");

        var page = open(ELSEWHERE);
        assertThat(field(page, "ledgerYears")).hasValue("3");
        assertThat(field(page, "idleTimeoutMinutes")).hasValue("100");
    }

    @Test
    void whatIsLeftEmptyStaysAndIsShownAgain() {
        assertThat(put(ELSEWHERE, Map.of("optOutAllowed", "", "boundOffline", ""))
                        .status())
                .isEqualTo(204);

        assertThat(stored(ELSEWHERE, "optOutAllowed")).isEqualTo("true");
        assertThat(stored(ELSEWHERE, "boundOffline")).isEqualTo("false");
        assertThat(put(ELSEWHERE, Map.of("boundOffline", "perhaps")).body())
                .contains("Bound offline access must be on or off.");
    }

    @Test
    void aLimitThatIsWrongIsRefusedAndOneThatIsEmptiedGoes() {
        assertThat(put(ELSEWHERE, Map.of("maxSessions", "101")).body())
                .contains("Sessions per person must be a whole number from 1 to 100.");
        assertThat(put(ELSEWHERE, Map.of("countries", "DE, ZZ")).body())
                .contains(
                        "Countries people work in must be codes of countries as ISO 3166-1 has them, such as DE, 60 at most.");
        assertThat(put(ELSEWHERE, Map.of("limitBehavior", "newest")).body())
                .contains("must be one of choose, end-least-recent, deny.");
        assertThat(stored(ELSEWHERE, "maxSessions")).isEmpty();

        assertThat(put(ELSEWHERE, Map.of("maxSessions", "7", "limitBehavior", "deny"))
                        .status())
                .isEqualTo(204);
        assertThat(put(ELSEWHERE, Map.of("limitBehavior", "deny")).status())
                .as("left out")
                .isEqualTo(204);
        assertThat(stored(ELSEWHERE, "maxSessions")).isEqualTo("7");

        assertThat(put(ELSEWHERE, Map.of("maxSessions", "", "limitBehavior", ""))
                        .status())
                .isEqualTo(204);
        assertThat(stored(ELSEWHERE, "maxSessions")).isEmpty();
        assertThat(stored(ELSEWHERE, "limitBehavior")).isEqualTo("choose");
    }

    @Test
    void manageRealmDecides() {
        AdminApi.grant(RIGHTS, "doctor", "view-realm");
        AdminApi.grant(RIGHTS, "nurse", "manage-realm");
        var viewer = RIGHTS.tokens().signIn("doctor").accessToken();
        var manager = RIGHTS.tokens().signIn("nurse").accessToken();

        assertThat(put(RIGHTS, Map.of("ledgerYears", "1"), viewer).status()).isEqualTo(403);
        assertThat(stored(RIGHTS, "ledgerYears")).isEqualTo("6");
        assertThat(put(RIGHTS, Map.of("ledgerYears", "7"), manager).status()).isEqualTo(204);
        assertThat(stored(RIGHTS, "ledgerYears")).isEqualTo("7");
        assertThat(SettingRows.of(RIGHTS)).singleElement().satisfies(row -> {
            assertThat(row.actorType()).isEqualTo("ADMIN");
            assertThat(row.actorName()).isEqualTo("nurse");
            assertThat(row.actorId()).isEqualTo(RIGHTS.userId("nurse"));
        });
    }

    @Test
    void isThereAsLongAsTheRealmIsSwitchedOn() {
        assertThat(tabs(SWITCHED)).isEmpty();
        var created = Http.bearer(
                "POST",
                components(SWITCHED),
                SWITCHED.server().adminToken(),
                component(Map.of("ledgerYears", "5")).toString());
        assertThat(created.status()).isEqualTo(400);
        assertThat(created.body()).contains("Switch the realm on first");
        assertThat(tabs(SWITCHED)).isEmpty();

        SWITCHED.update(realm -> realm.setEventsListeners(List.of("jboss-logging", "clinic-sessions")));
        assertThat(tabs(SWITCHED)).hasSize(1);
        assertThat(stored(SWITCHED, "ledgerYears")).isEqualTo("6");

        SWITCHED.update(realm -> realm.setEventsListeners(List.of("jboss-logging")));
        assertThat(tabs(SWITCHED)).isEmpty();
        assertThat(SWITCHED.admin().toRepresentation().getAttributes()).doesNotContainKey("clinicSessions.ledgerYears");
    }

    @Test
    void withoutTheFeatureThereIsNothing() throws IOException {
        assertThat(tabs(WITHOUT_THE_FEATURE)).as("imported").isEmpty();
        var server = WITHOUT_THE_FEATURE.server();
        assertThat(AdminApi.of(WITHOUT_THE_FEATURE)
                        .put("settings", "{\"ledgerYears\":5}")
                        .status())
                .isEqualTo(200);
        assertThat(tabs(WITHOUT_THE_FEATURE)).isEmpty();

        var page = open(WITHOUT_THE_FEATURE);
        assertThat(page.getByText("Security defenses").first()).isVisible();
        assertThat(page.getByText("Clinic sessions", new Page.GetByTextOptions().setExact(true)))
                .hasCount(0);

        var log = server.log();
        assumeTrue(log.isPresent(), "the log is in the container");
        assertThat(Files.readAllLines(log.get()))
                .noneMatch(line -> line.contains("UiTab") || line.contains("clinicsessions.admin.SettingsTab"));
    }

    /** As the export of a server with the feature has it. */
    private static void addTab(ObjectNode realm) {
        var tab = ((ObjectNode) realm.path("components")).putArray(TYPE).addObject();
        tab.put("name", "clinic-sessions").put("providerId", "clinic-sessions");
        tab.putObject("config").putArray("ledgerYears").add("9");
    }

    private Page open(TestRealm realm) {
        return browsers.signIn(
                Device.CHROME_ON_MAC,
                realm.server().url() + "/admin/master/console/#/" + realm.name() + "/realm-settings/clinic-sessions",
                KeycloakServer.ADMIN);
    }

    private static Locator field(Page page, String setting) {
        return page.getByTestId(setting);
    }

    private static void save(Page page) {
        page.getByTestId("save")
                .filter(new Locator.FilterOptions().setVisible(true))
                .click();
    }

    private static void choose(Page page, String setting, String value) {
        page.locator("#" + setting).click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(value))
                .click();
    }

    private static Locator alert(Page page) {
        return page.locator("[class*=c-alert][class*=m-success]").first();
    }

    private static String stored(TestRealm realm, String setting) {
        var values = tabs(realm).get(0).path("config").path(setting);
        assertThat(values.size()).as("%s", values).isLessThanOrEqualTo(1);
        return values.path(0).asText();
    }

    /** What the Admin Console asks for. */
    private static List<JsonNode> tabs(TestRealm realm) {
        var answer = Http.bearer(
                "GET", components(realm) + "?type=" + TYPE, realm.server().adminToken(), null);
        assertThat(answer.status()).isEqualTo(200);
        var tabs = new ArrayList<JsonNode>();
        answer.json().forEach(tabs::add);
        return tabs;
    }

    /** What the Admin Console sends. */
    private static Answer put(TestRealm realm, Map<String, String> config) {
        return put(realm, config, realm.server().adminToken());
    }

    private static Answer put(TestRealm realm, Map<String, String> config, String token) {
        var tab = (ObjectNode) tabs(realm).get(0);
        tab.set("config", component(config).path("config"));
        return Http.bearer("PUT", components(realm) + "/" + tab.path("id").asText(), token, tab.toString());
    }

    private static ObjectNode component(Map<String, String> config) {
        var component = Http.JSON.createObjectNode().put("providerType", TYPE).put("providerId", "clinic-sessions");
        var values = component.putObject("config");
        config.forEach((name, value) -> values.putArray(name).add(value));
        return component;
    }

    private static String components(TestRealm realm) {
        return realm.server().url() + "/admin/realms/" + realm.name() + "/components";
    }
}
