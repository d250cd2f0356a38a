package io.github.clinicsessions.geo;

import io.github.clinicsessions.platform.IpAddresses;

/** Addresses that begin with the same bits. */
final class Network {

    private static final int BITS_OF_BYTE = 8;

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * As it is written.
     *
     * @param cidr such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if it is not one
     */
    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] prefix = slash < 0 ? null : IpAddresses.bytes(cidr.substring(0, slash));
        int bits = slash < 0 ? -1 : Integer.parseInt(cidr.substring(slash + 1));
        if (prefix == null || bits < 0 || bits > prefix.length * BITS_OF_BYTE) {
            throw new IllegalArgumentException("no network: " + cidr);
        }
        return new Network(prefix, bits);
    }

    /** Whether the address, 4 or 16 bytes, is in it. */
    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / BITS_OF_BYTE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = BITS_OF_BYTE - bits % BITS_OF_BYTE;
        return rest == BITS_OF_BYTE || (address[whole] & 0xff) >> rest == (prefix[whole] & 0xff) >> rest;
    }
}
