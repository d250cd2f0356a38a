package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stage itself: the server, the demo realm, the two clients, the browser. */
class ServerIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void theJarsAreInstalled() {
        var server = REALM.server();
        var info = Http.bearer("GET", server.url() + "/admin/serverinfo", server.adminToken(), null)
                .json();

        assertThat(info.at("/providers/eventsListener/providers").has("clinic-sessions"))
                .isTrue();
        assertThat(info.at("/themes/account"))
                .extracting(theme -> theme.path("name").asText())
                .contains("clinic");
    }

    @Test
    void staffSignsInRefreshesAndIsKnownToTheApi() {
        var tokens = REALM.tokens().signIn("staff");

        assertThat(tokens.claims().path("aud")).extracting(JsonNode::asText).contains("clinic-api", "account");
        assertThat(tokens.claims().path("exp").asLong()
                        - tokens.claims().path("iat").asLong())
                .isEqualTo(60);
        assertThat(REALM.tokens().introspect(tokens)).isTrue();
        assertThat(REALM.tokens().userinfo(tokens).status()).isEqualTo(200);
        assertThat(REALM.tokens().account("GET", "sessions/devices", tokens).status())
                .isEqualTo(200);
        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
        assertThat(REALM.sessionCount("staff")).isEqualTo(1);

        assertThat(REALM.tokens().signOut(tokens).status()).isEqualTo(204);
        assertThat(REALM.tokens().introspect(tokens)).isFalse();
        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(400);
    }

    @Test
    void offlineAccessIsPossible() {
        var tokens = REALM.tokens().signInOffline("staff");

        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
        assertThat(REALM.user("staff").getOfflineSessions(clientId())).hasSize(1);
    }

    @Test
    void aTestChoosesUserAgentAndAddress() {
        REALM.tokens().signIn("doctor", Device.FIREFOX_ON_WINDOWS.userAgent(), "192.0.2.7");

        assertThat(REALM.user("doctor").getUserSessions())
                .singleElement()
                .satisfies(session -> assertThat(session.getIpAddress()).isEqualTo("192.0.2.7"));
    }

    @Test
    void ownersHaveTheRoleAndOptedOutPeopleTheAttribute() {
        assertThat(REALM.tokens().signIn("owner").claims().at("/realm_access/roles"))
                .extracting(JsonNode::asText)
                .contains("clinic-owner", "offline_access");
        assertThat(REALM.user("private").toRepresentation().firstAttribute("sessionVisibility"))
                .isEqualTo("private");
    }

    @Test
    void sqlOfARequestIsCounted() throws Exception {
        var sql = REALM.server().sqlLog();
        if (sql.isPresent()) {
            var statements = sql.get().during(() -> REALM.tokens().signIn("nurse"));
            assertThat(statements).anyMatch(statement -> statement.contains("insert into OFFLINE_USER_SESSION"));
        }
    }

    @Test
    void aPersonSignsInToTheAccountConsole() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account(""), "nurse");

        page.locator("#firstName").waitFor();
        assertThat(page.inputValue("#firstName")).isEqualTo("Nora");
    }

    @Test
    void axeSeesWhatIsWrongOnAPageWithAStrictPolicy() {
        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        page.route(
                "**/*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setHeaders(Map.of("Content-Security-Policy", "default-src 'none'"))
                        .setBody("<html lang='en'><title>Page</title><main><h1>Page</h1><img src='x.png'></main>")));
        page.navigate("http://localhost/");

        assertThat(Accessibility.violations(page)).singleElement().asString().startsWith("image-alt:");
    }

    private static String clientId() {
        return REALM.admin().clients().findByClientId(Tokens.APP).get(0).getId();
    }
}
