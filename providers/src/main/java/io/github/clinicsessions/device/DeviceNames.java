package io.github.clinicsessions.device;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From the families that ua-parser (uap-core, as Keycloak ships it) finds in a user agent to the names that people use.
 * Pure. A family can hold text of whoever sent the user agent, so it is cut to {@value #LONGEST} harmless characters.
 */
public final class DeviceNames {

    /** Longest name that is shown, in characters. */
    static final int LONGEST = 60;

    private static final Pattern HARMLESS = Pattern.compile("[\\p{L}\\p{N} ._+/()-]{1," + LONGEST + "}");

    /** What ua-parser and Keycloak say for "not known". */
    private static final Set<String> NOTHING = Set.of("Other", "Unknown", "Generic", "null", "");

    private static final Map<String, String> BROWSERS = Map.ofEntries(
            Map.entry("Mobile Safari", "Safari"),
            Map.entry("Chrome Mobile", "Chrome"),
            Map.entry("Chrome Mobile iOS", "Chrome"),
            Map.entry("HeadlessChrome", "Headless Chrome"),
            Map.entry("Firefox Mobile", "Firefox"),
            Map.entry("Firefox iOS", "Firefox"),
            Map.entry("Edge Mobile", "Edge"),
            Map.entry("Opera Mobile", "Opera"),
            Map.entry("IE", "Internet Explorer"),
            Map.entry("IE Mobile", "Internet Explorer"));

    /** A page inside another app: the app is not known, so no browser is named. */
    private static final Set<String> EMBEDDED = Set.of("Mobile Safari UI/WKWebView", "Chrome Mobile WebView");

    private static final Set<String> DESKTOP_SYSTEMS =
            Set.of("Windows", "macOS", "Linux", "Ubuntu", "Fedora", "Debian", "ChromeOS", "FreeBSD");

    private static final Set<String> APPLE_DEVICES = Set.of("iPhone", "iPad", "iPod");

    private DeviceNames() {}

    /**
     * The device behind the families; what cannot be told stays null.
     *
     * @param browser family and version as Keycloak's note has it, such as "Mobile Safari/17.4"
     * @param os family, such as "Mac OS X"
     * @param model device family, such as "iPhone"
     * @param mobile whether the user agent says that it is mobile
     */
    public static Device of(@Nullable String browser, @Nullable String os, @Nullable String model, boolean mobile) {
        String family = family(browser);
        String system = system(os, model);
        boolean embedded = family != null && EMBEDDED.contains(family);
        String name = family == null || embedded ? null : BROWSERS.getOrDefault(family, family);
        return new Device(name, system, type(name, system, embedded, mobile));
    }

    private static Device.Type type(
            @Nullable String browser, @Nullable String system, boolean embedded, boolean mobile) {
        if (embedded) {
            return Device.Type.APP;
        }
        if (system == null) {
            return browser == null ? Device.Type.UNKNOWN : Device.Type.APP;
        }
        if (system.equals("iPad")) {
            return Device.Type.TABLET;
        }
        if (APPLE_DEVICES.contains(system)) {
            return Device.Type.MOBILE;
        }
        if (system.equals("Android")) {
            return mobile ? Device.Type.MOBILE : Device.Type.TABLET;
        }
        if (DESKTOP_SYSTEMS.contains(system)) {
            return Device.Type.DESKTOP;
        }
        return mobile ? Device.Type.MOBILE : Device.Type.UNKNOWN;
    }

    private static @Nullable String family(@Nullable String browser) {
        if (browser == null) {
            return null;
        }
        // Keycloak appends "/" and a version; one family has a slash of its own.
        int version = browser.lastIndexOf('/');
        return harmless(version <= 0 ? browser : browser.substring(0, version));
    }

    private static @Nullable String system(@Nullable String os, @Nullable String model) {
        String family = harmless(os);
        if (family == null) {
            return null;
        }
        return switch (family) {
            case "Mac OS X", "Mac OS" -> "macOS";
            case "Chrome OS" -> "ChromeOS";
            case "iOS" -> model != null && APPLE_DEVICES.contains(model) ? model : "iOS";
            default -> family;
        };
    }

    private static @Nullable String harmless(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String trimmed = text.strip();
        return NOTHING.contains(trimmed) || !HARMLESS.matcher(trimmed).matches() ? null : trimmed;
    }
}
