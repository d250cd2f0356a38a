package io.github.clinicsessions.geo;

import java.util.List;

/**
 * Networks that are no part of the internet, after the registries of special-purpose addresses (RFC 6890 and what followed it).
 * Pure.
 */
final class SpecialNetworks {

    /** What an address is. */
    enum Kind {
        /** Of a network of its own. */
        LOCAL,
        /** Of nobody, or of many: multicast, reserved, discarded. */
        UNUSABLE,
        /** Of the internet. */
        INTERNET
    }

    private static final List<Network> LOCAL = List.of(
            Network.of("0.0.0.0/8"), // this network, unspecified
            Network.of("10.0.0.0/8"),
            Network.of("100.64.0.0/10"), // carrier-grade NAT, RFC 6598
            Network.of("127.0.0.0/8"),
            Network.of("169.254.0.0/16"),
            Network.of("172.16.0.0/12"),
            Network.of("192.0.2.0/24"), // documentation, RFC 5737
            Network.of("192.168.0.0/16"),
            Network.of("198.18.0.0/15"), // benchmarks, RFC 2544
            Network.of("198.51.100.0/24"),
            Network.of("203.0.113.0/24"),
            Network.of("::/128"),
            Network.of("::1/128"),
            Network.of("64:ff9b:1::/48"), // translation of a network's own, RFC 8215
            Network.of("2001:2::/48"), // benchmarks, RFC 5180
            Network.of("2001:db8::/32"), // documentation, RFC 3849
            Network.of("3fff::/20"), // documentation, RFC 9637
            Network.of("fc00::/7"), // unique local
            Network.of("fe80::/10"),
            Network.of("fec0::/10")); // site-local, deprecated and still met

    private static final List<Network> UNUSABLE = List.of(
            Network.of("192.0.0.0/24"), // protocol assignments
            Network.of("224.0.0.0/4"), // multicast
            Network.of("240.0.0.0/4")); // reserved, broadcast

    /** All of IPv6 that is given out. */
    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    /** IPv4 by way of a translator, RFC 6052: the last four bytes are the address. */
    private static final Network TRANSLATED = Network.of("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    private SpecialNetworks() {}

    /** The address itself, or the IPv4 address that it is a translation of. */
    static byte[] reached(byte[] address) {
        if (!TRANSLATED.contains(address)) {
            return address;
        }
        byte[] last = new byte[IPV4_BYTES];
        System.arraycopy(address, address.length - IPV4_BYTES, last, 0, IPV4_BYTES);
        return last;
    }

    /**
     * What it is.
     *
     * @param address 4 or 16 bytes
     */
    static Kind kindOf(byte[] address) {
        if (LOCAL.stream().anyMatch(network -> network.contains(address))) {
            return Kind.LOCAL;
        }
        boolean unusable = address.length == IPV4_BYTES
                ? UNUSABLE.stream().anyMatch(network -> network.contains(address))
                : !GLOBAL_UNICAST.contains(address);
        return unusable ? Kind.UNUSABLE : Kind.INTERNET;
    }
}
