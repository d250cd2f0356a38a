package io.github.clinicsessions.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MmdbCountriesTest {

    private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void knowsBothKindsOfAddresses() throws Exception {
        var countries = load(new MmdbWriter()
                .type("DBIP-Country-Lite")
                .built(BUILT)
                .country("5.0.0.0/8", "DE")
                .country("6.0.0.0/9", "US")
                .country("2a00::/16", "FR"));

        assertThat(countries.country(address("5.1.2.3"))).hasValue("DE");
        assertThat(countries.country(address("6.127.0.1"))).hasValue("US");
        assertThat(countries.country(address("6.128.0.1"))).isEmpty();
        assertThat(countries.country(address("2a00:1:2::3"))).hasValue("FR");
        assertThat(countries.country(address("2b00::1"))).isEmpty();
        assertThat(countries.type()).isEqualTo("DBIP-Country-Lite");
        assertThat(countries.built()).isEqualTo(BUILT);
        assertThat(countries.attribution()).hasValue(Attributions.DB_IP);
    }

    @Test
    void aDatabaseOfIpv4KnowsNothingOfIpv6() throws Exception {
        var countries = load(new MmdbWriter().onlyIpv4().country("5.0.0.0/8", "DE"));

        assertThat(countries.country(address("5.1.2.3"))).hasValue("DE");
        assertThat(countries.country(address("2a00::1"))).isEmpty();
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("DE", Map.of("country", Map.of("iso_code", "DE"))),
                Arguments.of("DE", Map.of("country_code", "DE")),
                Arguments.of("DE", Map.of("country", "DE", "continent", "EU")),
                Arguments.of("DE", Map.of("registered_country", Map.of("iso_code", "DE"))),
                Arguments.of(
                        "FR",
                        Map.of("country", Map.of("iso_code", "FR"), "registered_country", Map.of("iso_code", "DE"))),
                Arguments.of("DE", Map.of("country", "Germany", "country_code", "DE")),
                Arguments.of("DE", "DE"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void takesTheCodeFromWhereverItIs(String code, Object record) throws Exception {
        assertThat(load(new MmdbWriter().value("5.0.0.0/8", record)).country(address("5.1.2.3")))
                .hasValue(code);
    }

    @Test
    void takesNothingThatIsNoCode() throws Exception {
        var countries = load(new MmdbWriter()
                .country("5.0.0.0/8", "DE")
                .country("6.0.0.0/8", "<b>")
                .country("7.0.0.0/8", "de")
                .value("8.0.0.0/8", Map.of("country", 49))
                .value("9.0.0.0/8", Map.of("city", "Berlin"))
                .value("11.0.0.0/8", Map.of("country_code", "Germany")));

        for (var address : List.of("6.1.1.1", "7.1.1.1", "8.1.1.1", "9.1.1.1", "11.1.1.1")) {
            assertThat(countries.country(address(address))).as(address).isEmpty();
        }
    }

    @Test
    void aNameFromTheFileIsOneLine() throws Exception {
        var countries = load(new MmdbWriter().type("a\nb" + "c".repeat(200)).country("5.0.0.0/8", "DE"));

        assertThat(countries.type()).startsWith("a?bccc").hasSize(100);
    }

    @Test
    void refusesADatabaseOfSomethingElse() {
        var ofCities = new MmdbWriter().value("5.0.0.0/8", Map.of("city", Map.of("name", "Berlin")));

        assertThatThrownBy(() -> load(ofCities))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no codes of countries");
    }

    @Test
    void refusesWhatIsCutOffWhereverThatIs() throws Exception {
        var whole = twoNetworks();
        for (int length = 0; length < whole.length; length++) {
            var file = Files.write(folder.resolve("cut.mmdb"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> MmdbCountries.load(file))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesGarbage() throws Exception {
        for (var garbage :
                List.of(new byte[0], new byte[100_000], "<html>404</html>".getBytes(StandardCharsets.UTF_8))) {
            var file = Files.write(folder.resolve("garbage.mmdb"), garbage);
            assertThatThrownBy(() -> MmdbCountries.load(file)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> MmdbCountries.load(folder)).isInstanceOf(IOException.class);
    }

    /** Whatever byte is wrong: it is refused or answers, and breaks nobody who asks. */
    @Test
    void aBrokenByteBreaksNobody() throws Exception {
        var whole = twoNetworks();
        var random = new Random(7);
        int taken = 0;
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            var broken = whole.clone();
            for (int i = 0; i <= round % 3; i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            var file = Files.write(folder.resolve("broken.mmdb"), broken);
            try {
                var countries = MmdbCountries.load(file);
                taken++;
                assertThat(countries.country(address("5.1.2.3")).orElse("DE")).matches("[A-Z]{2}");
                assertThat(countries.country(address("2a00::1")).orElse("FR")).matches("[A-Z]{2}");
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
    }

    private static byte[] twoNetworks() {
        return new MmdbWriter()
                .country("5.0.0.0/8", "DE")
                .country("2a00::/16", "FR")
                .bytes();
    }

    private MmdbCountries load(MmdbWriter writer) throws IOException {
        return MmdbCountries.load(writer.writeTo(folder.resolve("test.mmdb")));
    }

    private static InetAddress address(String literal) throws IOException {
        return InetAddress.getByName(literal);
    }
}
