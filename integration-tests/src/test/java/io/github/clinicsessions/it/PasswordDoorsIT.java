package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;

/** New passwords that come by mail, and those that a directory keeps: Keycloak's own passwords do not hear of the latter. */
class PasswordDoorsIT {

    private static final String NEW = "another-password";
    private static final String BASE = "dc=clinic,dc=example";
    private static final Pattern LINK = Pattern.compile("http://\\S*action-token\\S*");

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void aResetByMailEndsAllOthers() throws Exception {
        assumeTrue(REALM.server().log().isPresent(), "a container does not reach this machine's loopback address");
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            REALM.update(realm -> {
                realm.setResetPasswordAllowed(true);
                realm.setSmtpServer(Map.of(
                        "host", "127.0.0.1",
                        "port", String.valueOf(mail.getSmtp().getPort()),
                        "from", "clinic@clinic.example"));
            });
            REALM.addUser("forgetful", "F", "Orgetful");
            var online = REALM.tokens().signIn("forgetful");
            var offline = REALM.tokens().signInOffline("forgetful");
            var page = browsers.open(Device.CHROME_ON_MAC).newPage();
            page.navigate(REALM.account("sessions"));
            page.locator("a[href*='reset-credentials']").click();
            page.locator("#username").fill("forgetful");
            page.locator("form [type=submit]").first().click();

            assertThat(mail.waitForIncomingEmail(10_000, 1)).isTrue();
            var link = LINK.matcher(GreenMailUtil.getBody(mail.getReceivedMessages()[0])
                    .replace("=\r\n", "")
                    .replace("=3D", "="));
            assertThat(link.find()).isTrue();
            page.navigate(link.group());
            page.locator("#password-new").fill(NEW);
            page.locator("#password-confirm").fill(NEW);
            page.locator("#logout-sessions").setChecked(false);
            page.locator("form [type=submit]").first().click();
            page.locator(".clinic-sessions").waitFor();

            assertEnded("forgetful", List.of(online, offline), "SELF", "forgetful");
            assertThat(REALM.sessionCount("forgetful")).isEqualTo(1);
        } finally {
            mail.stop();
        }
    }

    @Test
    void aPasswordThatADirectoryKeepsEndsAllTheSame() throws Exception {
        assumeTrue(REALM.server().log().isPresent(), "a container does not reach this machine's loopback address");
        var config = new InMemoryDirectoryServerConfig(BASE);
        config.addAdditionalBindCredentials("cn=admin", "admin");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        var directory = new InMemoryDirectoryServer(config);
        directory.startListening();
        try {
            directory.add("dn: " + BASE, "objectClass: domain", "dc: clinic");
            for (var name : List.of("ldap-admin", "ldap-self")) {
                directory.add(
                        "dn: uid=" + name + "," + BASE,
                        "objectClass: inetOrgPerson",
                        "uid: " + name,
                        "cn: " + name,
                        "sn: " + name,
                        "givenName: " + name,
                        "mail: " + name + "@clinic.example",
                        "userPassword: " + name);
            }
            addFederation(directory.getListenPort());

            var online = REALM.tokens().signIn("ldap-admin");
            var offline = REALM.tokens().signInOffline("ldap-admin");
            var password = new CredentialRepresentation();
            password.setType(CredentialRepresentation.PASSWORD);
            password.setValue(NEW);
            password.setTemporary(false);
            REALM.user("ldap-admin").resetPassword(password);
            assertEnded("ldap-admin", List.of(online, offline), "ADMIN", KeycloakServer.ADMIN);

            var other = REALM.tokens().signIn("ldap-self");
            var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "ldap-self");
            page.navigate(REALM.url() + "/protocol/openid-connect/auth?client_id=clinic-app&response_type=code"
                    + "&scope=openid&kc_action=UPDATE_PASSWORD&code_challenge_method=S256"
                    + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri="
                    + Http.encode(REALM.server().url() + "/callback"));
            page.locator("#password-new").fill(NEW);
            page.locator("#password-confirm").fill(NEW);
            page.locator("#logout-sessions").setChecked(false);
            page.locator("form [type=submit]").first().click();
            page.waitForURL(url -> url.contains("/callback"));
            assertEnded("ldap-self", List.of(other), "SELF", "ldap-self");
            page.navigate(REALM.account("sessions"));
            page.locator(".clinic-sessions").waitFor();
        } finally {
            directory.shutDown(true);
        }
    }

    private static void addFederation(int port) {
        var component = new ComponentRepresentation();
        component.setName("directory");
        component.setProviderId("ldap");
        component.setProviderType("org.keycloak.storage.UserStorageProvider");
        component.setParentId(REALM.id());
        var config = new MultivaluedHashMap<String, String>();
        Map.ofEntries(
                        Map.entry("vendor", "other"),
                        Map.entry("connectionUrl", "ldap://127.0.0.1:" + port),
                        Map.entry("usersDn", BASE),
                        Map.entry("authType", "simple"),
                        Map.entry("bindDn", "cn=admin"),
                        Map.entry("bindCredential", "admin"),
                        Map.entry("editMode", "WRITABLE"),
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

    private static void assertEnded(String username, List<TokenSet> sessions, String actorType, String actorName) {
        var rows = REALM
                .ledger()
                .await(
                        REALM.id(),
                        REALM.userId(username),
                        all -> all.stream()
                                        .filter(row -> "SESSION_ENDED".equals(row.action()))
                                        .count()
                                >= sessions.size())
                .stream()
                .filter(row -> "SESSION_ENDED".equals(row.action()))
                .toList();
        assertThat(rows)
                .extracting(LedgerRow::sessionRef)
                .containsExactlyInAnyOrderElementsOf(sessions.stream()
                        .map(session -> Ledger.reference(session.sessionId()))
                        .toList());
        assertThat(rows).extracting(LedgerRow::cause).containsOnly("PASSWORD_CHANGED");
        assertThat(rows).extracting(LedgerRow::actorType).containsOnly(actorType);
        assertThat(rows).extracting(LedgerRow::actorName).containsOnly(actorName);
        for (var session : sessions) {
            assertThat(REALM.tokens().introspect(session)).isFalse();
            assertThat(REALM.tokens().refresh(session).status()).isEqualTo(400);
        }
    }
}
