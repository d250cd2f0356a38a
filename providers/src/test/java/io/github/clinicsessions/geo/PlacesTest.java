package io.github.clinicsessions.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.platform.IpAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    /** Says Germany of everything, and remembers what it was asked for. */
    private static final class Everywhere implements GeoProvider {
        private final List<String> asked = new ArrayList<>();

        @Override
        public Optional<String> country(InetAddress address) {
            asked.add(address.getHostAddress());
            return Optional.of("DE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.7.7",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.1.1",
                "0.0.0.0",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "198.18.0.1",
                "198.19.255.255",
                "::",
                "::1",
                "[::1]",
                "fe80::1",
                "fc00::1",
                "fdff:ffff::1",
                "2001:db8::1",
                "[2001:DB8::77]",
                "3fff:fff::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:192.168.1.1",
                "64:ff9b::192.168.1.1",
                "64:ff9b:1::1"
            })
    void localNetworksAreLocalWhateverTheProvider(String address) {
        var provider = new Everywhere();

        assertThat(new Places(provider).locate(address)).isEqualTo(Place.LOCAL);
        assertThat(new Places(new NoCountries()).locate(address)).isEqualTo(Place.LOCAL);
        assertThat(new Places(null).locate(address)).isEqualTo(Place.LOCAL);
        assertThat(provider.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "192.0.0.9",
                "ff02::1",
                "100::1",
                "::2",
                "::8.8.8.8",
                "4000::1",
                "::ffff:255.255.255.255"
            })
    void whatNobodyHasIsNowhere(String address) {
        var provider = new Everywhere();

        assertThat(new Places(provider).locate(address)).isEqualTo(Place.UNKNOWN);
        assertThat(provider.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "9.255.255.255, 9.255.255.255",
        "11.0.0.0, 11.0.0.0",
        "172.15.255.255, 172.15.255.255",
        "172.32.0.0, 172.32.0.0",
        "100.63.255.255, 100.63.255.255",
        "100.128.0.0, 100.128.0.0",
        "198.17.255.255, 198.17.255.255",
        "198.20.0.0, 198.20.0.0",
        "8.8.8.8, 8.8.8.8",
        "::ffff:8.8.8.8, 8.8.8.8",
        "64:ff9b::8.8.8.8, 8.8.8.8",
        "2a00:1450::1, 2a00:1450:0:0:0:0:0:1",
        "[2a00:1450::1], 2a00:1450:0:0:0:0:0:1",
        "2001:db7:ffff::1, 2001:db7:ffff:0:0:0:0:1",
        "2001:db9::1, 2001:db9:0:0:0:0:0:1"
    })
    void whatIsOfTheInternetIsAskedFor(String address, String asked) {
        var provider = new Everywhere();

        assertThat(new Places(provider).locate(address)).isEqualTo(Place.in("DE"));
        assertThat(provider.asked).containsExactly(asked);
        assertThat(new Places(null).locate(address)).isEqualTo(Place.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "<script>alert(1)</script>",
                "8.8.8.8, 10.0.0.1",
                "8.8.8.8:443",
                "8.8.8",
                "08.8.8.8",
                "0x08.8.8.8",
                "134744072",
                "fe80::1%eth0",
                "example.org"
            })
    void whatIsNoLiteralIsNowhere(String text) {
        var provider = new Everywhere();

        assertThat(new Places(provider).locate(text)).isEqualTo(Place.UNKNOWN);
        assertThat(new Places(provider).locate(null)).isEqualTo(Place.UNKNOWN);
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void aProviderThatFailsOrTalksNonsenseIsOfNoConsequence() {
        assertThat(located(address -> {
                    throw new IllegalStateException("broken");
                }))
                .isEqualTo(Place.UNKNOWN);
        assertThat(located(address -> Optional.of("Germany"))).isEqualTo(Place.UNKNOWN);
        assertThat(located(address -> Optional.of("de"))).isEqualTo(Place.UNKNOWN);
        assertThat(located(address -> Optional.of("ZZ"))).isEqualTo(Place.UNKNOWN);
        assertThat(located(address -> Optional.of("<b>"))).isEqualTo(Place.UNKNOWN);
        assertThat(located(address -> Optional.of("XK"))).isEqualTo(Place.in("XK"));
        assertThat(new Places(new GeoProvider() {
                            @Override
                            public Optional<String> country(InetAddress address) {
                                return Optional.empty();
                            }

                            @Override
                            public Optional<Attribution> attribution() {
                                throw new IllegalStateException("broken");
                            }
                        })
                        .attribution())
                .isEmpty();
    }

    private static Place located(GeoProvider provider) {
        return new Places(provider).locate("8.8.8.8");
    }

    @Property
    void anyTextIsSomewhereLocalOrNowhere(@ForAll @StringLength(max = 60) String text) {
        assertThat(new Places(new Everywhere()).locate(text).kind()).isNotNull();
    }

    /** The JDK's own classes of addresses are among those that are not asked for; and IPv4 is the same however it is written. */
    @Property
    void whatTheJdkKnowsAsLocalIsNeverAskedFor(@ForAll @Size(4) byte[] bytes) throws Exception {
        var address = InetAddress.getByAddress(bytes);
        var provider = new Everywhere();
        var place = new Places(provider).locate(address.getHostAddress());

        boolean local = address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress();
        if (local) {
            assertThat(place).isEqualTo(Place.LOCAL);
        } else if (address.isMulticastAddress()) {
            assertThat(place).isEqualTo(Place.UNKNOWN);
        }
        assertThat(provider.asked).hasSize(place.kind() == Place.Kind.COUNTRY ? 1 : 0);
        assertThat(new Places(provider).locate("::ffff:" + address.getHostAddress()))
                .isEqualTo(place);
        assertThat(new Places(provider).locate("64:ff9b::" + address.getHostAddress()))
                .isEqualTo(place);
    }

    @Property
    void ofIpv6OnlyWhatIsGivenOutIsAskedFor(@ForAll @Size(16) byte[] bytes) throws Exception {
        var address = InetAddress.getByAddress(bytes);
        var provider = new Everywhere();
        var place = new Places(provider).locate(address.getHostAddress());

        if (address.getAddress().length == 16 && bytes[0] != 0 && (bytes[0] & 0xe0) != 0x20) {
            assertThat(place.kind()).isNotEqualTo(Place.Kind.COUNTRY);
            boolean ours = (bytes[0] & 0xfe) == 0xfc || (bytes[0] == (byte) 0xfe && (bytes[1] & 0x80) != 0);
            assertThat(place.kind() == Place.Kind.LOCAL).isEqualTo(ours);
        }
        assertThat(provider.asked).hasSize(place.kind() == Place.Kind.COUNTRY ? 1 : 0);
    }

    @Property
    void aNetworkIsAllThatBeginsAlike(@ForAll @Size(16) byte[] bytes, @ForAll @Size(16) byte[] others) {
        for (int bits : new int[] {0, 1, 7, 8, 9, 31, 32, 63, 64, 65, 127, 128}) {
            var network = Network.of(text(bytes) + "/" + bits);
            assertThat(network.contains(bytes)).isTrue();
            assertThat(network.contains(others)).isEqualTo(commonBits(bytes, others) >= bits);
            assertThat(network.contains(new byte[4])).isFalse();
        }
    }

    /** Not with InetAddress, which makes IPv4 addresses of those that are mapped. */
    private static String text(byte[] bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            text.append(i == 0 ? "" : ":")
                    .append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)));
        }
        return text.toString();
    }

    private static int commonBits(byte[] one, byte[] other) {
        int bits = 0;
        while (bits < 128 && (((one[bits / 8] ^ other[bits / 8]) >> (7 - bits % 8)) & 1) == 0) {
            bits++;
        }
        return bits;
    }

    @Property
    void bytesAndTextSayTheSame(@ForAll @Size(16) byte[] bytes) throws Exception {
        var expected = InetAddress.getByAddress(bytes).getAddress();

        assertThat(IpAddresses.bytes(InetAddress.getByAddress(bytes).getHostAddress()))
                .isEqualTo(expected);
    }
}
