package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User agents, addresses and names come from whoever likes to send them. */
class HostileInputIT {

    private static final String SCRIPT = "<script>window.hacked=1</script>";
    private static final String IMAGE = "\"><img src=x onerror=window.hacked=1>";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @ParameterizedTest
    @ValueSource(
            strings = {
                SCRIPT,
                "Mozilla/5.0 (" + IMAGE + ") " + SCRIPT,
                "${msg} ${user.password} #{7*7} {{7*7}}",
                "MyApp<b>/1.0 (iPhone; iOS 17)",
                "a\tb",
                "'; DROP TABLE CLINIC_SESSION_LEDGER; --"
            })
    void userAgents(String userAgent) {
        var name = "agent" + Integer.toHexString(userAgent.hashCode());
        REALM.addUser(name, "A", "Gent");
        REALM.tokens().signIn(name, userAgent);
        var page = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), name);

        assertThat(page.locator("li.clinic-session").count()).isEqualTo(2);
        assertHarmless(page);
        assertThat(REALM.ledgerOf(name))
                .allSatisfy(row -> assertThat(row.device() == null ? "" : row.device())
                        .doesNotContain("<")
                        .doesNotContain("${"));
    }

    @Test
    void aUserAgentOfMoreThan512CharactersIsAnUnknownDevice() {
        REALM.addUser("long", "L", "Ong");
        REALM.tokens().signIn("long", "Mozilla/5.0 " + "x".repeat(2000));
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "long");

        assertThat(page.locator(".clinic-session__device").allInnerTexts())
                .anyMatch(text -> text.contains("Unknown device"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SCRIPT, "[2001:db8::77]", "203.0.113.9, 10.0.0.1", "not-an-address", "2001:DB8:0:0::1"})
    void addressesOfAProxy(String forwardedFor) {
        var name = "proxied" + Integer.toHexString(forwardedFor.hashCode());
        REALM.addUser(name, "P", "Roxied");
        REALM.tokens().signIn(name, "openid", Map.of("X-Forwarded-For", forwardedFor));
        var tokens = REALM.tokens().signIn(name);

        var sessions = Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null)
                .json()
                .path("sessions");
        assertThat(sessions).hasSize(2).allSatisfy(session -> {
            var address = session.path("ipAddress");
            assertThat(address.isNull() || address.asText().matches("[0-9a-f:.]+"))
                    .as(address.toString())
                    .isTrue();
        });
        var page = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), name);
        assertThat(page.locator("li.clinic-session").count()).isEqualTo(3);
        assertHarmless(page);
    }

    @Test
    void namesOfPeopleClientsAndTheRealm() {
        REALM.update(realm -> realm.setDisplayName(SCRIPT + IMAGE));
        var app = REALM.admin().clients().findByClientId(Tokens.APP).get(0);
        app.setName(SCRIPT + "${clinicSignOut}");
        REALM.admin().clients().get(app.getId()).update(app);
        allowAnyName();
        REALM.addUser("named", "N", "Amed");
        REALM.tokens().signIn("named");
        var user = REALM.user("named");
        var profile = user.toRepresentation();
        profile.setFirstName(SCRIPT + "A&amp;\u202eB");
        profile.setLastName("O’Neill-${clinicSignOut}");
        user.update(profile);

        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "named");

        assertHarmless(page);
        assertThat(page.locator(".clinic-account__name").innerText())
                .contains("A&amp;")
                .contains("${clinicSignOut}");
        assertThat(page.locator(".clinic-sessions").innerText()).contains(SCRIPT);
        assertThat(page.title()).contains(SCRIPT);
    }

    @Test
    void queryParametersSayNothing() {
        var page = browsers.signIn(
                Device.CHROME_ON_MAC, REALM.account("sessions?notice=clinicNoticeEnded&label=" + IMAGE), "doctor");

        assertThat(page.locator(".pf-v5-c-alert").count()).isZero();
        assertHarmless(page);
    }

    @Test
    void aForgedNoticeIsNotShown() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "nurse");
        page.context()
                .addCookies(List.of(new com.microsoft.playwright.options.Cookie(
                                "CLINIC_NOTICE", "RU5ERUQKCkNocm9tZQ.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                        .setUrl(REALM.account("sessions"))));
        page.reload();

        assertThat(page.locator(".pf-v5-c-alert").count()).isZero();
        assertThat(page.locator("li.clinic-session--current").count()).isEqualTo(1);
    }

    /** Keycloak refuses such names of its own people, not those of a directory it reads. */
    private static void allowAnyName() {
        var users = REALM.admin().users();
        var profile = users.userProfile().getConfiguration();
        profile.getAttributes()
                .forEach(attribute -> attribute.getValidations().remove("person-name-prohibited-characters"));
        users.userProfile().update(profile);
    }

    private static void assertHarmless(Page page) {
        assertThat(page.evaluate("() => window.hacked === undefined")).isEqualTo(true);
        assertThat(page.locator("main script, main img").count()).isZero();
    }
}
