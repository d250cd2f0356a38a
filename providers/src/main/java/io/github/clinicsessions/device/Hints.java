package io.github.clinicsessions.device;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * User-Agent Client Hints (<a href="https://wicg.github.io/ua-client-hints/">WICG</a>), as far as a sign-in has them: browsers on
 * Chromium send them on secure origins, others never. Pure; what cannot be read counts as not sent.
 *
 * @param brands of {@code Sec-CH-UA}, in its order, the made-up ones among them
 * @param mobile {@code Sec-CH-UA-Mobile}; null when not sent
 * @param platform {@code Sec-CH-UA-Platform}, such as "Windows"; null when not sent
 * @param platformVersion the major version of {@code Sec-CH-UA-Platform-Version}; -1 when not sent
 */
public record Hints(
        List<String> brands,
        @Nullable Boolean mobile,
        @Nullable String platform,
        int platformVersion) {

    public static final Hints NONE = new Hints(List.of(), null, null, -1);

    /** So much is read of a header. */
    private static final int LONGEST = 512;

    private static final int LONGEST_NAME = 60;
    private static final int MOST_BRANDS = 16;
    private static final int MOST_DIGITS = 4;

    public Hints {
        brands = List.copyOf(brands);
    }

    /** From the headers' values, each null where it was not sent. Never throws. */
    public static Hints of(
            @Nullable String brands,
            @Nullable String mobile,
            @Nullable String platform,
            @Nullable String platformVersion) {
        List<String> platforms = strings(platform);
        List<String> versions = strings(platformVersion);
        return new Hints(
                strings(brands),
                flag(mobile),
                platforms.isEmpty() ? null : platforms.get(0),
                versions.isEmpty() ? -1 : major(versions.get(0)));
    }

    /** The strings of a structured header (RFC 8941) in their order, once over; versions are among them and are no brands. */
    private static List<String> strings(@Nullable String header) {
        if (header == null) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        int end = Math.min(header.length(), LONGEST);
        int start = -1;
        for (int i = 0; i < end && found.size() < MOST_BRANDS; i++) {
            char c = header.charAt(i);
            if (c == '\\') {
                i++; // what is escaped is no quotation mark
            } else if (c == '"' && start < 0) {
                start = i + 1;
            } else if (c == '"') {
                if (i - start <= LONGEST_NAME) {
                    found.add(header.substring(start, i));
                }
                start = -1;
            }
        }
        return found;
    }

    private static @Nullable Boolean flag(@Nullable String header) {
        if (header == null) {
            return null;
        }
        return switch (header) {
            case "?1" -> Boolean.TRUE;
            case "?0" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static int major(String version) {
        int value = 0;
        int i = 0;
        for (; i < version.length() && i < MOST_DIGITS; i++) {
            char c = version.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            value = value * 10 + (c - '0');
        }
        return i == 0 || (i < version.length() && version.charAt(i) != '.') ? -1 : value;
    }
}
