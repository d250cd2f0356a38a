package io.github.clinicsessions.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as literals. Keycloak stores what a proxy put into X-Forwarded-For verbatim, markup included, so that a
 * session's address is taken as text of an attacker until it has been parsed. Never a DNS look-up.
 */
public final class IpAddresses {

    private static final int LONGEST = 45 + 2; // an IPv6 literal with an embedded IPv4 address, in brackets

    private static final int IPV4_BYTES = 4;

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private IpAddresses() {}

    /**
     * The address in its canonical form (RFC 5952 for IPv6), or null for anything that is not exactly one literal;
     * brackets around an IPv6 literal are dropped.
     */
    public static @Nullable String canonical(@Nullable String text) {
        byte[] bytes = bytes(text);
        if (bytes == null) {
            return null;
        }
        return bytes.length == IPV4_BYTES ? dotted(bytes) : compressed(bytes);
    }

    /** The 4 or 16 bytes of the same; 4 of an IPv4 address that is mapped into IPv6. */
    public static byte @Nullable [] bytes(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        if (IPV4.matcher(text).matches()) {
            return parsed(text);
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String literal = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!IPV6_CHARACTERS.matcher(literal).matches()) {
            return null;
        }
        // Brackets make sure that the JDK parses a literal and never asks a name server.
        return parsed("[" + literal + "]");
    }

    private static byte @Nullable [] parsed(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static String dotted(byte[] bytes) {
        return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
    }

    /** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as "::". */
    private static String compressed(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
