package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.clinicsessions.geo.MmdbWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * From where people sign in, as far as it is noticed; and what takes a server of its own: one that forgets soon, and whose tables of
 * devices are away.
 */
class UnfamiliarCountryIT {

    private static final Path DATABASE =
            Project.target().resolve("arrivals-" + Project.fork()).resolve("countries.mmdb");

    private static final ServerOptions ARRIVALS = ServerOptions.named("arrivals")
            .runWith(
                    "--spi-clinic-geo--maxmind--database=" + DATABASE,
                    "--spi-events-listener--clinic-sessions-devices--retention-interval=1");

    static {
        new MmdbWriter()
                .type("DBIP-Country-Lite")
                .country("5.0.0.0/8", "DE")
                .country("6.0.0.0/8", "FR")
                .country("7.0.0.0/8", "US")
                .writeTo(DATABASE); // before the server starts
    }

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().on(ARRIVALS);

    @RegisterExtension
    static final TestRealm CLINICS = TestRealm.clinics().on(ARRIVALS);

    private static final String GERMANY = "5.1.2.3";
    private static final String FRANCE = "6.1.2.3";
    private static final String AMERICA = "7.1.2.3";
    private static final String LOCAL = "10.1.2.3";
    private static final String NOWHERE = "9.9.9.9";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    @BeforeAll
    static void theServerSeesTheFile() {
        assumeTrue(REALM.server().process().isPresent(), "not in a container");
    }

    @Test
    void aCountryThatIsNewForThePersonIsNoticedOnce() {
        REALM.addUser("traveller", "T", "Raveller");
        var home = from(GERMANY);
        signIn(home, "traveller");
        var rows = new KnownDeviceRows(REALM, "traveller").await(1);
        rows.longAgo();
        for (var nowhere : List.of(LOCAL, NOWHERE)) {
            assertThat(rows.judgedMarks(signIn(away(home, nowhere), "traveller")))
                    .isEmpty();
        }

        var abroad = signIn(away(home, FRANCE), "traveller");
        assertThat(rows.judgedMarks(abroad)).containsExactly("UNFAMILIAR_COUNTRY");
        assertThat(rows.mails()).isEqualTo(1);
        assertThat(noticed("traveller", 1)).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("UNFAMILIAR_COUNTRY");
            assertThat(row.country()).isEqualTo("FR");
            assertThat(row.ipAddress()).isEqualTo(FRANCE);
            assertThat(row.sessionRef()).isEqualTo(Ledger.reference(abroad.sessionId()));
            assertThat(row.details()).isNull();
        });
        assertThat(rows.judgedMarks(signIn(away(home, FRANCE), "traveller"))).isEmpty();
        assertThat(rows.texts("COUNTRIES")).containsExactly("DE,FR");
        assertThat(Http.bearer("GET", REALM.api("me/devices"), abroad.accessToken(), null)
                        .json()
                        .at("/devices/0/countries/1/name")
                        .asText())
                .isEqualTo("France");
    }

    @Test
    void twoNewDevicesInTwoCountriesWithinTwoHoursAreBothMarked() {
        REALM.addUser("twin", "T", "Win");
        signIn(from(GERMANY), "twin");
        var rows = new KnownDeviceRows(REALM, "twin").await(1);
        rows.longAgo();
        var first = signIn(from(GERMANY), "twin");
        rows.await(2);
        assertThat(rows.judgedMarks(first)).containsExactly("NEW_DEVICE");

        var second = signIn(from(FRANCE), "twin");
        rows.await(3);

        assertThat(rows.judgedMarks(second)).containsExactly("NEW_DEVICE", "UNFAMILIAR_COUNTRY");
        assertThat(rows.marksOf(first.sessionId())).containsExactly("NEW_DEVICE", "UNFAMILIAR_COUNTRY");
        assertThat(noticed("twin", 3))
                .filteredOn(row -> row.action().equals("UNFAMILIAR_COUNTRY"))
                .singleElement()
                .satisfies(row -> assertThat(row.details()).contains("\"otherCountry\":\"DE\""));
    }

    @Test
    void theCountriesOfAllClinicsOfThePersonAreExpected() {
        var north = CLINICS.admin().organizations().get(CLINICS.organizationId("north"));
        var south = CLINICS.admin().organizations().get(CLINICS.organizationId("south"));
        for (var clinic : Map.of(north, "DE", south, "FR").entrySet()) {
            var organization = clinic.getKey().toRepresentation();
            organization.singleAttribute("clinicSessions.countries", clinic.getValue());
            clinic.getKey().update(organization).close();
        }
        var id = CLINICS.addUser("roaming", "R", "Oaming");
        north.members().addMember(id).close();
        south.members().addMember(id).close();
        var browser = from(AMERICA);
        signInByNameFirst(browser, "roaming");
        var rows = new KnownDeviceRows(CLINICS, "roaming").await(1);
        rows.longAgo();

        assertThat(rows.judgedMarks(signInByNameFirst(away(browser, GERMANY), "roaming")))
                .isEmpty();
        assertThat(rows.judgedMarks(signInByNameFirst(away(browser, FRANCE), "roaming")))
                .isEmpty();
        // The person has been there, and is not expected there.
        assertThat(rows.judgedMarks(signInByNameFirst(away(browser, AMERICA), "roaming")))
                .containsExactly("UNFAMILIAR_COUNTRY");
        assertThat(rows.mails()).isZero();
    }

    @Test
    void whatWasNotSeenForFourHundredDaysIsForgotten() {
        REALM.addUser("gone", "G", "One");
        REALM.addUser("rare", "R", "Are");
        signIn(from(GERMANY), "gone");
        signIn(from(GERMANY), "rare");
        var gone = new KnownDeviceRows(REALM, "gone").await(1);
        var rare = new KnownDeviceRows(REALM, "rare").await(1);
        signIn(from(GERMANY), "rare");
        rare.await(2);

        rare.unseen("CLINIC_KNOWN_DEVICE", rare.ids().get(0), Duration.ofDays(399));
        rare.unseen("CLINIC_KNOWN_DEVICE", rare.ids().get(1), Duration.ofDays(401));
        gone.unseen("CLINIC_KNOWN_DEVICE", gone.ids().get(0), Duration.ofDays(401));
        gone.unseen("CLINIC_KNOWN_PERSON", null, Duration.ofDays(401));

        Awaitility.await()
                .until(() -> gone.count("CLINIC_KNOWN_DEVICE") == 0 && gone.count("CLINIC_KNOWN_PERSON") == 0);
        rare.await(1);
    }

    @Test
    void aSignInGoesOnWhereItCannotBeJudged() throws SQLException {
        REALM.addUser("calm", "C", "Alm");
        signIn(from(GERMANY), "calm");
        var rows = new KnownDeviceRows(REALM, "calm").await(1);
        var browser = from(GERMANY);
        TokenSet unjudged;
        rename("CLINIC_KNOWN_PERSON", "CLINIC_KNOWN_PERSON_AWAY");
        try {
            unjudged = signIn(browser, "calm");
            assertThat(REALM.tokens().introspect(unjudged)).isTrue();
            REALM.ledger()
                    .await(
                            REALM.id(),
                            REALM.userId("calm"),
                            all -> all.stream()
                                    .anyMatch(row -> Ledger.reference(unjudged.sessionId())
                                            .equals(row.sessionRef())));
            new ActivityRows(REALM, unjudged.sessionId()).registered();
            var log = REALM.server().log().orElseThrow();
            Awaitility.await()
                    .until(() -> Files.readString(log).contains("left to the next look, in realm " + REALM.id()));
        } finally {
            rename("CLINIC_KNOWN_PERSON_AWAY", "CLINIC_KNOWN_PERSON");
        }

        var again = signIn(away(browser, GERMANY), "calm");
        rows.await(2);
        assertThat(rows.judgedMarks(again)).containsExactly("NEW_DEVICE");
        assertThat(rows.marksOf(unjudged.sessionId())).isEmpty();
    }

    private static HttpBrowser from(String address) {
        return HttpBrowser.sending(Map.of("X-Forwarded-For", address));
    }

    /** The same device at another address, signed out. */
    private static HttpBrowser away(HttpBrowser browser, String address) {
        return from(address).with("CLINIC_DEVICE", browser.cookie("CLINIC_DEVICE"));
    }

    private static TokenSet signIn(HttpBrowser browser, String username) {
        var callback = REALM.tokens().callback();
        return redeemed(REALM, browser.signIn(REALM.tokens().signInUrl("openid", Map.of()), callback, username));
    }

    private static TokenSet signInByNameFirst(HttpBrowser browser, String username) {
        var callback = CLINICS.tokens().callback();
        return redeemed(
                CLINICS, browser.signInByNameFirst(CLINICS.tokens().signInUrl("openid", Map.of()), callback, username));
    }

    private static TokenSet redeemed(TestRealm realm, Http.Answer answer) {
        var code = CODE.matcher(answer.header("Location"));
        assertThat(code.find()).as(answer.header("Location")).isTrue();
        return realm.tokens().redeem(code.group(1));
    }

    private static List<LedgerRow> noticed(String username, int count) {
        return REALM
                .ledger()
                .await(
                        REALM.id(),
                        REALM.userId(username),
                        all -> all.stream()
                                        .filter(UnfamiliarCountryIT::isNoticed)
                                        .count()
                                == count)
                .stream()
                .filter(UnfamiliarCountryIT::isNoticed)
                .toList();
    }

    private static boolean isNoticed(LedgerRow row) {
        return row.action().equals("NEW_DEVICE") || row.action().equals("UNFAMILIAR_COUNTRY");
    }

    private static void rename(String from, String to) throws SQLException {
        new ChainTables(REALM.server().database(), REALM.id()).execute("ALTER TABLE " + from + " RENAME TO " + to);
    }
}
