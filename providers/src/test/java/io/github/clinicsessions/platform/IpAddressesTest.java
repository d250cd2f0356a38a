package io.github.clinicsessions.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "0.0.0.0, 0.0.0.0",
        "2001:db8::77, 2001:db8::77",
        "[2001:db8::77], 2001:db8::77",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void takesLiterals(String text, String canonical) {
        assertThat(IpAddresses.canonical(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unknown",
                "localhost",
                "example.org",
                "<script>alert(1)</script>",
                "203.0.113.7, 198.51.100.1",
                "203.0.113.7:443",
                "[2001:db8::77]:443",
                "203.0.113",
                "203.0.113.256",
                "203.0.113.07",
                "203.0.113.7.",
                "0x7f.0.0.1",
                "3405803783",
                "fe80::1%eth0",
                "2001:db8::77::1",
                ":::",
                ":",
                "[]",
                "2001:db8",
                "\u0662.0.0.1",
                "203.0.113.7\n"
            })
    void refusesEverythingElse(String text) {
        assertThat(IpAddresses.canonical(text)).isNull();
    }

    @Property
    void neverAnswersAnythingButAnAddress(@ForAll @StringLength(max = 60) String text) {
        String canonical = IpAddresses.canonical(text);
        assertThat(canonical == null || canonical.matches("[0-9a-f:.]{2,39}")).isTrue();
    }

    @Property
    void writesSixteenBytesSoThatTheyReadTheSame(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        String canonical = IpAddresses.canonical(address.getHostAddress());

        assertThat(canonical).isNotNull();
        assertThat(InetAddress.getByName(canonical)).isEqualTo(address);
        assertThat(IpAddresses.canonical(canonical)).isEqualTo(canonical);
    }
}
