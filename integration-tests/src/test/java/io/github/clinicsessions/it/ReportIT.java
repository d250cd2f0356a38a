package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** "This wasn't me" on the page of sessions and by REST. */
class ReportIT {

    private static final String BASE = "dc=clinic,dc=example";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void aRowIsReportedOnThePage() {
        REALM.addUser("pat", "P", "At");
        var other = REALM.tokens().signInOffline("pat");
        assertThat(REALM.impersonate("pat")).isEqualTo(200);
        var page = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "pat");
        var rows = page.locator(".clinic-session");
        assertThat(rows.count()).isEqualTo(3);
        assertThat(page.locator(".clinic-session:has-text('admin')").textContent())
                .as("an administrator of another realm is named")
                .contains("Opened by an administrator (admin)");
        assertThat(page.locator("a[href*='/sessions/report']").count())
                .as("all but the current one")
                .isEqualTo(2);
        assertThat(Accessibility.violations(page)).isEmpty();

        page.locator("a[href*='" + other.sessionId() + "']").click();
        page.locator("#clinic-others").waitFor();
        assertThat(page.locator("main").textContent())
                .contains("Whoever knows the old one could be the first to choose it");
        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "report");
        assertThat(REALM.tokens().introspect(other)).isTrue();
        page.locator("main form button[type=submit]").click();

        page.locator(".clinic-notice").waitFor();
        assertThat(page.locator(".clinic-notice").textContent())
                .contains("Reported, and one session ended.", "A new password is asked for at the next sign-in.");
        assertThat(Accessibility.violations(page)).isEmpty();
        assertThat(rows.count()).isEqualTo(2);
        assertThat(REALM.tokens().introspect(other)).isFalse();
        assertThat(REALM.tokens().refresh(other).status()).isEqualTo(400);
        assertThat(requiredActions("pat")).containsExactly("UPDATE_PASSWORD");
        var reported = ofAction("pat", "REPORTED");
        assertThat(reported).singleElement().satisfies(row -> {
            assertThat(row.actorType()).isEqualTo("SELF");
            assertThat(row.sessionRef()).isEqualTo(Ledger.reference(other.sessionId()));
            assertThat(row.ipAddress()).isEqualTo("127.0.0.1");
        });

        page.locator(".clinic-notice a").click(); // the session goes on, and does not choose the password by itself
        page.fill("#password", "pat");
        page.click("#kc-login");
        page.fill("#password-new", "another-password");
        page.fill("#password-confirm", "another-password");
        page.locator("form [type=submit]").first().click();
        page.locator(".clinic-sessions").waitFor();
        assertThat(requiredActions("pat")).isEmpty();
    }

    @Test
    void neitherAnotherSiteNorAnAdministratorReportsInThePersonsName() {
        REALM.addUser("kept", "K", "Ept");
        var other = REALM.tokens().signIn("kept");
        var browser = new HttpBrowser();
        browser.signIn(REALM.account("sessions"), REALM.account("nowhere"), "kept");
        var report = REALM.account("sessions/report");
        assertThat(browser.post(report, Map.of("session", other.sessionId())).status())
                .isEqualTo(403);
        assertThat(browser.get(report + "?session=" + other.sessionId()).status())
                .isEqualTo(200);
        assertThat(browser.get(report + "?session=unknown").status()).isEqualTo(404);
        assertThat(browser.get(report).status()).isEqualTo(404);

        var administrator = new HttpBrowser();
        administrator.keep(REALM.impersonation("kept"));
        var page = administrator.get(REALM.account("sessions"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("/sessions/report");
        assertThat(administrator.get(report + "?session=" + other.sessionId()).status())
                .isEqualTo(403);
        var state = Pattern.compile("name=\"stateChecker\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(state.find()).isTrue();
        assertThat(administrator
                        .post(report, Map.of("session", other.sessionId(), "stateChecker", state.group(1)))
                        .status())
                .isEqualTo(403);

        assertThat(REALM.tokens().introspect(other)).isTrue();
        assertThat(requiredActions("kept")).isEmpty();
        assertThat(ofAction("kept", "REPORTED")).isEmpty();
    }

    @Test
    void byRest() {
        REALM.addUser("rest", "R", "Est");
        var here = REALM.tokens().signIn("rest");
        var other = REALM.tokens().signIn("rest");
        var third = REALM.tokens().signIn("rest");
        assertThat(report(here, "unknown", null).status()).isEqualTo(404);
        assertThat(report(here, REALM.tokens().signIn("doctor").sessionId(), null)
                        .status())
                .isEqualTo(404);
        assertThat(report(here, here.sessionId(), null).status()).isEqualTo(400);
        assertThat(report(here, other.sessionId(), "{\"endOthers\":1}").status())
                .isEqualTo(400);
        assertThat(report(here, other.sessionId(), "{\"x\":true}").status()).isEqualTo(400);
        assertThat(Http.send("POST", REALM.api("me/sessions/" + other.sessionId() + "/report"), Map.of(), "{}")
                        .status())
                .isEqualTo(401);

        var done = report(here, other.sessionId(), null);
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().toString())
                .isEqualTo("{\"ended\":1,\"passwordRequired\":true,\"passwordAt\":null,\"deviceForgotten\":false}");
        assertThat(REALM.tokens().introspect(other)).isFalse();
        assertThat(REALM.tokens().introspect(third)).isTrue();

        var again = report(here, other.sessionId(), "{\"endOthers\":true}");
        assertThat(again.json().path("ended").asInt())
                .as("ended already, and so known")
                .isEqualTo(1);
        assertThat(REALM.tokens().introspect(third)).isFalse();
        assertThat(REALM.tokens().introspect(here)).isTrue();
        assertThat(ofAction("rest", "REPORTED")).as("once for a session").hasSize(1);
        assertThat(ofAction("rest", "SESSION_ENDED"))
                .extracting(LedgerRow::cause)
                .containsExactly("REPORTED", "REPORTED");
    }

    @Test
    void saysWhereAPasswordIsToBeChangedThatIsNotKeptHere() throws Exception {
        assumeTrue(REALM.server().log().isPresent(), "a container does not reach this machine's loopback address");
        var config = new InMemoryDirectoryServerConfig(BASE);
        config.addAdditionalBindCredentials("cn=admin", "admin");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        var directory = new InMemoryDirectoryServer(config);
        directory.startListening();
        try {
            directory.add("dn: " + BASE, "objectClass: domain", "dc: clinic");
            for (var name : List.of("read-only", "writable")) {
                directory.add("dn: ou=" + name + "," + BASE, "objectClass: organizationalUnit", "ou: " + name);
                directory.add(
                        "dn: uid=" + name + ",ou=" + name + "," + BASE,
                        "objectClass: inetOrgPerson",
                        "uid: " + name,
                        "cn: " + name,
                        "sn: " + name,
                        "givenName: " + name,
                        "mail: " + name + "@clinic.example",
                        "userPassword: " + name);
            }
            addFederation(directory.getListenPort(), "read-only", "READ_ONLY");
            addFederation(directory.getListenPort(), "writable", "WRITABLE");

            var here = REALM.tokens().signIn("read-only");
            var answer = report(here, REALM.tokens().signIn("read-only").sessionId(), null);
            assertThat(answer.json().toString())
                    .isEqualTo("{\"ended\":1,\"passwordRequired\":false,\"passwordAt\":\"directory read-only\","
                            + "\"deviceForgotten\":false}");
            assertThat(requiredActions("read-only")).isEmpty();

            here = REALM.tokens().signIn("writable");
            answer = report(here, REALM.tokens().signIn("writable").sessionId(), null);
            assertThat(answer.json().path("passwordRequired").asBoolean()).isTrue();
            assertThat(answer.json().path("passwordAt").isNull()).isTrue();
            assertThat(requiredActions("writable")).containsExactly("UPDATE_PASSWORD");
        } finally {
            directory.shutDown(true);
        }
    }

    @Test
    void saysWhatIsLeftToDoWithoutAPasswordHere() {
        var provider = new IdentityProviderRepresentation();
        provider.setAlias("hospital");
        provider.setDisplayName("Hospital login");
        provider.setProviderId("oidc");
        provider.setConfig(
                Map.of("clientId", "x", "authorizationUrl", "http://localhost/a", "tokenUrl", "http://localhost/t"));
        REALM.admin().identityProviders().create(provider).close();
        REALM.addUser("brokered", "B", "Rokered");
        var here = REALM.tokens().signIn("brokered");
        var first = REALM.tokens().signIn("brokered");
        var second = REALM.tokens().signIn("brokered");
        var identity = new FederatedIdentityRepresentation();
        identity.setIdentityProvider("hospital");
        identity.setUserId("1");
        identity.setUserName("brokered");
        REALM.user("brokered").addFederatedIdentity("hospital", identity).close();
        REALM.user("brokered")
                .removeCredential(REALM.user("brokered").credentials().get(0).getId());

        var answer = report(here, first.sessionId(), "{}").json();
        assertThat(answer.path("passwordRequired").asBoolean()).isFalse();
        assertThat(answer.path("passwordAt").asText()).isEqualTo("Hospital login");

        REALM.user("brokered").removeFederatedIdentity("hospital");
        answer = report(here, second.sessionId(), "{}").json();
        assertThat(answer.path("passwordRequired").asBoolean()).isFalse();
        assertThat(answer.path("passwordAt").isNull()).isTrue();
        assertThat(requiredActions("brokered")).isEmpty();
        assertThat(REALM.tokens().introspect(first)).isFalse();
        assertThat(REALM.tokens().introspect(second)).isFalse();
    }

    @Test
    void aMailServerThatDoesNotAnswerHoldsUpNoSignIn() throws IOException {
        assumeTrue(REALM.server().log().isPresent(), "a container does not reach this machine's loopback address");
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            REALM.update(realm -> realm.setSmtpServer(Map.of(
                    "host", "127.0.0.1", "port", String.valueOf(silent.getLocalPort()), "from", "c@clinic.example")));
            REALM.addUser("unmailed", "U", "Nmailed");
            for (var i = 0; i < 4; i++) {
                var before = Instant.now();
                new HttpBrowser().signIn(REALM.account("sessions"), REALM.account("nowhere"), "unmailed");
                assertThat(Duration.between(before, Instant.now()))
                        .as("Keycloak waits ten seconds for the mail server")
                        .isLessThan(Duration.ofSeconds(8));
                new KnownDeviceRows(REALM, "unmailed").await(i + 1);
            }
            assertThat(REALM.sessionCount("unmailed")).isEqualTo(4);
        } finally {
            REALM.update(realm -> realm.setSmtpServer(Map.of()));
        }
    }

    private static Http.Answer report(TokenSet by, String sessionId, @Nullable String body) {
        return Http.bearer(
                "POST", REALM.api("me/sessions/" + sessionId + "/report"), by.accessToken(), body == null ? "" : body);
    }

    private static List<String> requiredActions(String username) {
        return REALM.user(username).toRepresentation().getRequiredActions();
    }

    private static List<LedgerRow> ofAction(String username, String action) {
        return REALM.ledgerOf(username).stream()
                .filter(row -> row.action().equals(action))
                .toList();
    }

    private static void addFederation(int port, String unit, String editMode) {
        var component = new ComponentRepresentation();
        component.setName("directory " + unit);
        component.setProviderId("ldap");
        component.setProviderType("org.keycloak.storage.UserStorageProvider");
        component.setParentId(REALM.id());
        var config = new MultivaluedHashMap<String, String>();
        Map.ofEntries(
                        Map.entry("vendor", "other"),
                        Map.entry("connectionUrl", "ldap://127.0.0.1:" + port),
                        Map.entry("usersDn", "ou=" + unit + "," + BASE),
                        Map.entry("authType", "simple"),
                        Map.entry("bindDn", "cn=admin"),
                        Map.entry("bindCredential", "admin"),
                        Map.entry("editMode", editMode),
                        Map.entry("usernameLDAPAttribute", "uid"),
                        Map.entry("rdnLDAPAttribute", "uid"),
                        Map.entry("uuidLDAPAttribute", "entryUUID"),
                        Map.entry("userObjectClasses", "inetOrgPerson"),
                        Map.entry("enabled", "true"),
                        Map.entry("importEnabled", "true"))
                .forEach(config::putSingle);
        component.setConfig(config);
        try (var response = REALM.admin().components().add(component)) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
    }
}
