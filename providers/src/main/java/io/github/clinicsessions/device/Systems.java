package io.github.clinicsessions.device;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of systems, in order: of several in one user agent the first of this table counts. Never a version. */
final class Systems {

    /**
     * @param name as people know it
     * @param order its place in the table, from 0
     */
    record Entry(String name, int order) {}

    private static final Map<String, Entry> TABLE = new HashMap<>();

    static {
        put("Windows Phone", "IEMobile/");
        put("Xbox", "Xbox");
        put("PlayStation", "PlayStation", "PLAYSTATION");
        put("Nintendo", "Nintendo");
        put("iPad", "iPad");
        put("iPod", "iPod");
        put("iPhone", "iPhone");
        put("HarmonyOS", "HarmonyOS", "OpenHarmony");
        put("KaiOS", "KAIOS/");
        put("Tizen", "Tizen", "Tizen/");
        put("webOS", "Web0S", "webOS", "webOS/");
        put("ChromeOS", "CrOS");
        put("Android", "Android", "Android/");
        put("Windows", "Windows", "Windows/", "Win64", "WOW64", "Win32");
        put("macOS", "Macintosh", "macOS", "macOS/");
        put("Ubuntu", "Ubuntu", "Ubuntu/");
        put("Fedora", "Fedora", "Fedora/");
        put("Debian", "Debian", "Debian/");
        put("FreeBSD", "FreeBSD");
        put("OpenBSD", "OpenBSD");
        put("Linux", "Linux", "Linux/", "X11");
    }

    /** The systems that {@code Sec-CH-UA-Platform} may name, by our names. */
    private static final Map<String, String> PLATFORMS = Map.of(
            "Windows", "Windows",
            "macOS", "macOS",
            "Linux", "Linux",
            "Android", "Android",
            "Chrome OS", "ChromeOS",
            "Chromium OS", "ChromeOS",
            "HarmonyOS", "HarmonyOS");

    private Systems() {}

    static Set<String> tokens() {
        return TABLE.keySet();
    }

    static @Nullable Entry find(String token) {
        return TABLE.get(token);
    }

    /** Whether a browser on that system may say so of its platform. */
    static boolean isPlatform(String system, String platform) {
        String said = PLATFORMS.get(platform);
        if (said == null) {
            return false;
        }
        boolean linux = system.equals("Ubuntu") || system.equals("Fedora") || system.equals("Debian");
        return said.equals(linux ? "Linux" : system);
    }

    private static void put(String name, String... tokens) {
        for (String token : tokens) {
            TABLE.put(token, new Entry(name, TABLE.size()));
        }
    }
}
