package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.geo.MmdbWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which country people sign in, as far as the server's own database of countries knows; without one: {@code MySessionsApiIT}. */
class CountryIT {

    private static final Path DATABASE =
            Project.target().resolve("countries-" + Project.fork()).resolve("countries.mmdb");

    private static final ServerOptions WITH_COUNTRIES = ServerOptions.named("countries")
            .runWith("--spi-clinic-geo--maxmind--database=" + DATABASE, "--spi-clinic-geo--maxmind--reload-interval=1");

    static {
        countries("DBIP-Country-Lite", "DE").writeTo(DATABASE); // before the server starts
    }

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().on(WITH_COUNTRIES);

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @BeforeAll
    static void theServerSeesTheFile() {
        assumeTrue(REALM.server().process().isPresent(), "not in a container");
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        REALM.admin()
                .users()
                .list()
                .forEach(user -> REALM.user(user.getUsername()).logout());
    }

    private static MmdbWriter countries(String type, String code) {
        return new MmdbWriter()
                .type(type)
                .country("5.0.0.0/8", code)
                .country("6.0.0.0/8", "US")
                .country("7.0.0.0/8", "ZZ")
                .country("10.0.0.0/8", "US") // which nobody can be in
                .country("2a00::/16", "FR");
    }

    /** Keycloak believes the header's first address; a proxy has to write the header anew. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "5.1.2.3|5.1.2.3|DE|Germany",
                "2a00:1::2|2a00:1::2|FR|France",
                "[2A00:1::2]|2a00:1::2|FR|France",
                "::ffff:6.1.2.3|6.1.2.3|US|United States",
                "6.1.1.1, 5.1.1.1|6.1.1.1|US|United States",
                "7.1.1.1|7.1.1.1|-|-",
                "9.9.9.9|9.9.9.9|-|-",
                "2b00::1|2b00::1|-|-",
                "10.1.2.3|10.1.2.3|-|-",
                "5.1.2.999|-|-|-",
                "<script>alert(1)</script>|-|-|-"
            })
    void aSessionIsWhereItsAddressIs(String forwardedFor, String address, String code, String name) {
        var tokens = REALM.tokens().signIn("staff", "openid", Map.of("X-Forwarded-For", forwardedFor));

        var sessions = Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null)
                .json()
                .path("sessions");
        assertThat(sessions).singleElement().satisfies(session -> {
            assertThat(session.path("ipAddress").textValue()).isEqualTo(address);
            assertThat(session.at("/country/code").textValue()).isEqualTo(code);
            assertThat(session.at("/country/name").textValue()).isEqualTo(name);
        });
        REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId("staff"),
                        rows -> rows.stream()
                                .anyMatch(row -> row.action().equals("SESSION_STARTED")
                                        && Ledger.reference(tokens.sessionId()).equals(row.sessionRef())
                                        && String.valueOf(code).equals(String.valueOf(row.country()))));
    }

    @Test
    void peopleAndOwnersReadItInTheirLanguage() {
        REALM.addUser("reader", "Rea", "Der");
        REALM.tokens().signIn("reader", "openid", Map.of("X-Forwarded-For", "5.1.2.3"));
        REALM.tokens().signIn("reader", "openid", Map.of("X-Forwarded-For", "9.9.9.9"));

        var page = browsers.signedIn(Device.CHROME_ON_MAC.locale("de-DE"), REALM.account("sessions"), "reader");
        var rows = page.locator("li.clinic-session");
        assertThat(rows.allInnerTexts())
                .anySatisfy(row -> assertThat(row).contains("5.1.2.3", "Deutschland"))
                .anySatisfy(row -> assertThat(row).contains("127.0.0.1", "lokales Netz"))
                .anySatisfy(row -> assertThat(row)
                        .contains("9.9.9.9")
                        .doesNotContain("Deutschland")
                        .doesNotContain("lokales Netz"));
        var credit = page.locator(".clinic-credit a");
        assertThat(credit.innerText()).isEqualTo("IP Geolocation by DB-IP");
        assertThat(credit.getAttribute("href")).isEqualTo("https://db-ip.com");
        assertThat(Accessibility.violations(page)).isEmpty();

        var owners = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("staff/" + REALM.userId("reader")), "owner");
        assertThat(owners.locator("main").innerText()).contains("Germany", "local network", "IP Geolocation by DB-IP");
        var seen = OwnersApi.of(REALM, "owner")
                .get("staff/" + REALM.userId("reader") + "/sessions")
                .json();
        assertThat(StreamSupport.stream(seen.path("sessions").spliterator(), false)
                        .map(session -> session.at("/country/code").asText()))
                .contains("DE");
    }

    /** The country goes with the address: that of the session, or that of whoever signed out from elsewhere. */
    @Test
    void theLedgerTellsItAndHidesItOfThoseWhoHaveOptedOut() {
        REALM.addUser("moving", "Mo", "Ving");
        var abroad = Map.of("X-Forwarded-For", "6.1.2.3");
        var ended = REALM.tokens().signIn("moving", "openid", Map.of("X-Forwarded-For", "5.1.2.3"));
        REALM.tokens().signIn("private", "openid", Map.of("X-Forwarded-For", "5.1.2.3"));
        var owner = OwnersApi.of(REALM, "owner");
        assertThat(owner.delete("staff/" + REALM.userId("moving") + "/sessions/" + ended.sessionId())
                        .status())
                .isEqualTo(204);
        var home = REALM.tokens().signIn("moving", "openid", abroad);
        REALM.user("moving").logout();

        var rows = REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId("moving"),
                        all -> all.stream()
                                        .filter(row ->
                                                row.action().equals("SESSION_ENDED") && "DONE".equals(row.state()))
                                        .count()
                                == 2);
        assertThat(rows)
                .filteredOn(row -> row.action().startsWith("SESSION_"))
                .filteredOn(row -> !row.action().equals("SESSIONS_VIEWED"))
                .allSatisfy(row -> assertThat(row.country())
                        .isEqualTo(Ledger.reference(home.sessionId()).equals(row.sessionRef()) ? "US" : "DE"));

        var audit = owner.get("audit?max=100").json().path("rows");
        assertThat(audit)
                .filteredOn(row -> row.path("username").asText().equals("moving")
                        && row.path("action").asText().equals("SESSION_ENDED"))
                .extracting(row -> row.path("country").asText())
                .containsExactlyInAnyOrder("DE", "US");
        assertThat(audit)
                .filteredOn(row -> row.path("masked").asBoolean())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.path("country").isNull()).isTrue());
        assertThat(owner.get("audit.csv").body()).contains(",5.1.2.3,DE,", ",6.1.2.3,US,");

        var page = browsers.signedIn(Device.CHROME_ON_MAC.locale("de-DE"), REALM.account("audit?user=moving"), "owner");
        assertThat(page.locator(".clinic-ledger").innerText()).contains("5.1.2.3", "Deutschland", "Vereinigte Staaten");
        assertThat(page.locator(".clinic-credit").innerText()).isEqualTo("IP Geolocation by DB-IP");
    }

    @Test
    void aNewerDatabaseIsTakenWhileTheServerRuns() {
        var tokens = REALM.tokens().signIn("nurse", "openid", Map.of("X-Forwarded-For", "5.1.2.3"));
        assertThat(country(tokens)).isEqualTo("DE");
        assertThat(shown().path("database").asText()).isEqualTo("DBIP-Country-Lite");
        try {
            countries("GeoLite2-Country", "AT").writeTo(DATABASE);

            Awaitility.await().until(() -> country(tokens).equals("AT"));
            assertThat(shown().path("database").asText()).isEqualTo("GeoLite2-Country");
            assertThat(shown().path("built").asText()).startsWith("20").endsWith("Z");
            var page = browsers.signedIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "nurse");
            assertThat(page.locator(".clinic-credit").innerText()).contains("GeoLite Data created by MaxMind");
        } finally {
            countries("DBIP-Country-Lite", "DE").writeTo(DATABASE);
            Awaitility.await().until(() -> country(tokens).equals("DE"));
        }
    }

    private static String country(TokenSet tokens) {
        return Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null)
                .json()
                .at("/sessions/0/country/code")
                .asText();
    }

    private static JsonNode shown() {
        return Http.bearer(
                        "GET",
                        REALM.server().url() + "/admin/serverinfo",
                        REALM.server().adminToken(),
                        null)
                .json()
                .at("/providers/clinic-geo/providers/maxmind/operationalInfo");
    }
}
