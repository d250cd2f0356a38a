package io.github.clinicsessions.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is noticed about a sign-in. */
class ArrivalPolicyTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final long FIRST = NOW - 30 * DAY;

    private static final KnownPerson PERSON =
            new KnownPerson(Set.of(), null, NOW - DAY, 0, List.of(), FIRST, List.of(), 0);

    @Property
    void nothingIsNoticedAboutThePersonsFirstSignIn(
            @ForAll("arrivals") Arrival arrival, @ForAll("countries") Set<String> expected) {
        var judgement = judge(arrival, null, List.of(), expected);

        assertThat(judgement.newDevice()).isFalse();
        assertThat(judgement.unfamiliarCountry())
                .as("but what the clinic says")
                .isEqualTo(!expected.isEmpty() && arrival.country() != null && !expected.contains(arrival.country()));
        assertThat(judgement.mail()).isFalse();
        assertThat(judgement.person().lastSeenAt()).isEqualTo(arrival.at());
    }

    @Property
    void whatHasBeenJudgedIsKnownTheNextTime(
            @ForAll("arrivals") Arrival arrival,
            @ForAll("persons") KnownPerson person,
            @ForAll("devices") List<KnownDevice> devices) {
        var first = judge(arrival, person, devices, Set.of());
        var again = judge(at(arrival, NOW + DAY), first.person(), after(devices, first), Set.of());

        assertThat(again.newDevice()).isFalse();
        assertThat(again.unfamiliarCountry()).isFalse();
        assertThat(again.mail()).isFalse();
        assertThat(after(devices, again)).hasSameSizeAs(after(devices, first));
    }

    @Property
    void noMoreThanThreeMailsGoOutInAnyHour(@ForAll("journey") List<Arrival> journey) {
        var person = PERSON;
        List<KnownDevice> devices = List.of();
        var mails = new TreeSet<Long>();
        var at = NOW;
        for (var arrival : journey) {
            at += 5 * MINUTE;
            var judgement = judge(at(arrival, at), person, devices, Set.of("CH"));
            person = judgement.person();
            devices = after(devices, judgement);
            if (judgement.mail()) {
                mails.add(at);
            }
            assertThat(mails.tailSet(at - HOUR, false)).hasSizeLessThanOrEqualTo(ArrivalPolicy.MAILS);
        }
    }

    @Property
    void aMailSaysSomething(
            @ForAll("arrivals") Arrival arrival,
            @ForAll("persons") KnownPerson person,
            @ForAll("devices") List<KnownDevice> devices,
            @ForAll("countries") Set<String> expected) {
        var judgement = judge(arrival, person, devices, expected);

        if (judgement.mail()) {
            assertThat(judgement.newDevice() || judgement.unfamiliarCountry()).isTrue();
            assertThat(judgement.person().mailedAt()).contains(arrival.at());
        }
        if (judgement.otherCountry() != null) {
            assertThat(judgement.unfamiliarCountry()).isTrue();
            assertThat(judgement.otherCountry()).isNotEqualTo(arrival.country());
        }
        assertThat(judgement.person().reportedAt()).isEqualTo(person.reportedAt());
    }

    @Property
    void aPlaceThatIsNotKnownIsNeverUnfamiliar(
            @ForAll("arrivals") Arrival arrival,
            @ForAll("persons") KnownPerson person,
            @ForAll("devices") List<KnownDevice> devices,
            @ForAll("countries") Set<String> expected) {
        var nowhere = new Arrival(arrival.hash(), arrival.label(), null, arrival.at(), false);

        var judgement = judge(nowhere, person, devices, expected);

        assertThat(judgement.unfamiliarCountry()).isFalse();
        if (judgement.device() != null) {
            var before = known(devices, arrival.hash());
            assertThat(judgement.device().countries()).isEqualTo(before == null ? Set.of() : before.countries());
        }
    }

    @Property
    void withoutABrowserNoDeviceIsKnown(
            @ForAll("arrivals") Arrival arrival, @ForAll("devices") List<KnownDevice> devices) {
        var app = new Arrival(null, arrival.label(), arrival.country(), arrival.at(), false);

        var judgement = judge(app, PERSON, devices, Set.of());

        assertThat(judgement.newDevice()).isFalse();
        assertThat(judgement.device()).isNull();
        assertThat(judgement.person().lastWithoutDeviceAt()).isEqualTo(arrival.at());
    }

    @Property
    void whatIsOnlyLearntIsNotNoticed(
            @ForAll("arrivals") Arrival arrival,
            @ForAll("persons") KnownPerson person,
            @ForAll("devices") List<KnownDevice> devices) {
        var learnt = new Arrival(arrival.hash(), arrival.label(), arrival.country(), arrival.at(), true);

        var judgement = judge(learnt, person, devices, Set.of());

        assertThat(judgement.newDevice()).isFalse();
        assertThat(judgement.unfamiliarCountry()).isFalse();
        assertThat(judgement.mail()).isFalse();
    }

    @Test
    void theFirstBrowserAfterAnAppIsNotNew() {
        var app = judge(new Arrival(null, null, "DE", NOW - DAY, false), null, List.of(), Set.of());
        var browser = judge(arrival("desk", "DE"), app.person(), List.of(), Set.of());
        assertThat(browser.newDevice()).isFalse();
        assertThat(browser.mail()).isFalse();
        assertThat(browser.unfamiliarCountry()).isFalse();

        var forgotten = judge(arrival("other", "DE"), browser.person(), List.of(), Set.of());
        assertThat(forgotten.newDevice())
                .as("though the first one was forgotten")
                .isTrue();
    }

    @Test
    void aDeviceThatAnotherPersonUsesIsNewToThisOne() {
        assertThat(judge(arrival("desk", "DE"), PERSON, List.of(), Set.of()).newDevice())
                .isTrue();
    }

    @Test
    void theClinicsCountriesCountBeforeThePersonsOwn() {
        var home = List.of(device("desk", DAY, "AT"));

        assertThat(unfamiliar("desk", "AT", home, Set.of("DE"))).isTrue();
        assertThat(unfamiliar("desk", "DE", home, Set.of("DE", "FR"))).isFalse();
        assertThat(unfamiliar("desk", "DE", home, Set.of())).isTrue();
        assertThat(unfamiliar("desk", "AT", home, Set.of())).isFalse();
    }

    @Test
    void countriesOfAllDevicesAndOfAppsAreThePersonsOwn() {
        var devices = List.of(device("desk", 300 * DAY, "AT"), device("phone", DAY, "FR"));
        var person = new KnownPerson(Set.of("ES"), "ES", NOW - DAY, NOW - DAY, List.of(), FIRST, List.of(), 0);

        for (var country : List.of("AT", "FR", "ES")) {
            assertThat(judge(arrival("desk", country), person, devices, Set.of())
                            .unfamiliarCountry())
                    .isFalse();
        }
        assertThat(judge(arrival("desk", "IT"), person, devices, Set.of()).unfamiliarCountry())
                .isTrue();
    }

    @Test
    void whereNoCountryIsKnownYetNoneIsUnfamiliar() {
        assertThat(unfamiliar("desk", "DE", List.of(device("desk", DAY, null)), Set.of()))
                .isFalse();
    }

    @Test
    void nobodyIsTwiceToldOfTheSameCountryOnTheSameDevice() {
        var first = judge(arrival("desk", "CH"), PERSON, List.of(device("desk", DAY, "DE")), Set.of("DE"));
        var again = judge(at(arrival("desk", "CH"), NOW + DAY), first.person(), devices(first), Set.of("DE"));

        assertThat(first.mail()).isTrue();
        assertThat(again.unfamiliarCountry()).isTrue();
        assertThat(again.mail()).isFalse();
    }

    @Test
    void twoNewDevicesInTwoCountriesAreNoJourney() {
        var fresh = device("phone", 119 * MINUTE, "FR");
        var old = device("phone", 121 * MINUTE, "FR");
        var expected = Set.of("FR", "DE");

        assertThat(judge(arrival("desk", "DE"), PERSON, List.of(fresh), expected))
                .satisfies(
                        judgement -> assertThat(judgement.unfamiliarCountry()).isTrue())
                .satisfies(judgement -> assertThat(judgement.otherCountry()).isEqualTo("FR"));
        assertThat(judge(arrival("desk", "FR"), PERSON, List.of(fresh), expected)
                        .otherCountry())
                .isNull();
        assertThat(judge(arrival("desk", "DE"), PERSON, List.of(old), expected).otherCountry())
                .isNull();
        assertThat(judge(arrival("desk", "DE"), PERSON, List.of(fresh, device("desk", DAY, "DE")), expected)
                        .otherCountry())
                .isNull();
        assertThat(judge(arrival("phone", "DE"), PERSON, List.of(fresh), expected)
                        .otherCountry())
                .isNull();
    }

    @Test
    void appsThatSignInFromTwoCountriesAreNoJourneyEither() {
        var app = new KnownPerson(Set.of("FR"), "FR", NOW, NOW - HOUR, List.of(), FIRST, List.of(), 0);
        var longAgo = new KnownPerson(Set.of("FR"), "FR", NOW, NOW - 3 * HOUR, List.of(), FIRST, List.of(), 0);

        assertThat(judge(new Arrival(null, null, "DE", NOW, false), app, List.of(), Set.of("DE"))
                        .otherCountry())
                .isEqualTo("FR");
        assertThat(judge(new Arrival(null, null, "DE", NOW, false), longAgo, List.of(), Set.of("DE"))
                        .unfamiliarCountry())
                .isFalse();
    }

    @Test
    void aNameStaysAndALabelIsRenewed() {
        var named = new KnownDevice(
                "id", "desk", "Chrome on macOS", "Front desk 2", NOW - DAY, NOW - DAY, Set.of("DE"), "DE");

        var device = judge(new Arrival("desk", "Edge on macOS", "FR", NOW, false), PERSON, List.of(named), Set.of())
                .device();

        assertThat(device)
                .isEqualTo(new KnownDevice(
                        "id", "desk", "Edge on macOS", "Front desk 2", NOW - DAY, NOW, Set.of("DE", "FR"), "FR"));
    }

    @Test
    void ofTooManyDevicesTheLongestUnseenWithoutANameMakesRoom() {
        var named = new KnownDevice("named", "named", null, "Desk", 0, 0, Set.of(), null);
        var devices = new HashSet<KnownDevice>(Set.of(named));
        IntStream.range(0, ArrivalPolicy.MOST_DEVICES - 1)
                .forEach(i -> devices.add(device("device" + i, (i + 1) * DAY, null)));

        assertThat(ArrivalPolicy.tooMany(devices))
                .extracting(KnownDevice::id)
                .containsExactly("id of device" + (ArrivalPolicy.MOST_DEVICES - 2));
        devices.remove(named);
        assertThat(ArrivalPolicy.tooMany(devices)).isEmpty();
    }

    @Provide
    Arbitrary<Arrival> arrivals() {
        return Combinators.combine(
                        hashes().injectNull(0.2),
                        Arbitraries.of("Chrome on macOS", "Safari on iPhone").injectNull(0.2),
                        codes().injectNull(0.2))
                .as((hash, label, country) -> new Arrival(hash, label, country, NOW, false));
    }

    @Provide
    Arbitrary<List<Arrival>> journey() {
        return arrivals().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<KnownPerson> persons() {
        return Combinators.combine(
                        countries(),
                        codes().injectNull(0.3),
                        times(),
                        Arbitraries.longs().between(NOW - 2 * HOUR, NOW).list().ofMaxSize(3),
                        times())
                .as((countries, last, at, mailedAt, reportedAt) ->
                        new KnownPerson(countries, last, at, at, mailedAt, FIRST, List.of(), reportedAt));
    }

    @Provide
    Arbitrary<List<KnownDevice>> devices() {
        return Combinators.combine(hashes(), Arbitraries.longs().between(0, 5 * HOUR), codes().injectNull(0.2))
                .as(ArrivalPolicyTest::device)
                .list()
                .uniqueElements(KnownDevice::hash)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Set<String>> countries() {
        return codes().set().ofMaxSize(3);
    }

    private static Arbitrary<String> codes() {
        return Arbitraries.of("DE", "FR", "CH", "AT");
    }

    private static Arbitrary<String> hashes() {
        return Arbitraries.of("desk", "phone", "tablet", "laptop");
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(NOW - 5 * HOUR, NOW);
    }

    private static Judgement judge(
            Arrival arrival, @Nullable KnownPerson person, Collection<KnownDevice> devices, Set<String> expected) {
        return ArrivalPolicy.judge(arrival, person, devices, expected, () -> "new");
    }

    private static boolean unfamiliar(String hash, String country, List<KnownDevice> devices, Set<String> expected) {
        return judge(arrival(hash, country), PERSON, devices, expected).unfamiliarCountry();
    }

    private static Arrival arrival(String hash, String country) {
        return new Arrival(hash, null, country, NOW, false);
    }

    private static Arrival at(Arrival arrival, long at) {
        return new Arrival(arrival.hash(), arrival.label(), arrival.country(), at, arrival.learnt());
    }

    /** Seen once, that long ago. */
    private static KnownDevice device(String hash, long ago, @Nullable String country) {
        return new KnownDevice(
                "id of " + hash,
                hash,
                null,
                null,
                NOW - ago,
                NOW - ago,
                country == null ? Set.of() : Set.of(country),
                country);
    }

    private static List<KnownDevice> devices(Judgement judgement) {
        return after(List.of(), judgement);
    }

    private static List<KnownDevice> after(List<KnownDevice> devices, Judgement judgement) {
        var device = judgement.device();
        if (device == null) {
            return devices;
        }
        return Stream.concat(devices.stream().filter(one -> !one.hash().equals(device.hash())), Stream.of(device))
                .toList();
    }

    private static @Nullable KnownDevice known(List<KnownDevice> devices, @Nullable String hash) {
        return devices.stream()
                .filter(device -> device.hash().equals(hash))
                .findFirst()
                .orElse(null);
    }
}
