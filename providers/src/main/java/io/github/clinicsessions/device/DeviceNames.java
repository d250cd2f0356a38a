package io.github.clinicsessions.device;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the families that ua-parser (uap-core, as Keycloak ships it) finds in a user agent to the names that {@link DeviceLabels}
 * gives the same things. Needed for sessions that have Keycloak's note and not ours: older than the extension, or begun where no
 * event names them. Pure. A family can hold text of whoever sent the user agent, so that only harmless ones are taken over.
 */
final class DeviceNames {

    /** What ua-parser and Keycloak say for "not known". */
    private static final Set<String> NOTHING = Set.of("Other", "Unknown", "Generic", "null");

    private static final Map<String, String> BROWSERS = Map.ofEntries(
            Map.entry("Mobile Safari", "Safari"),
            Map.entry("Chrome Mobile", "Chrome"),
            Map.entry("Chrome Mobile iOS", "Chrome"),
            Map.entry("HeadlessChrome", "Headless Chrome"),
            Map.entry("Firefox Mobile", "Firefox"),
            Map.entry("Firefox iOS", "Firefox"),
            Map.entry("Edge Mobile", "Edge"),
            Map.entry("Opera Mobile", "Opera"),
            Map.entry("DuckDuckGo Mobile", "DuckDuckGo"),
            Map.entry("MiuiBrowser", "MIUI Browser"),
            Map.entry("Amazon Silk", "Silk"),
            Map.entry("Google", "Google app"),
            Map.entry("IE", "Internet Explorer"),
            Map.entry("IE Mobile", "Internet Explorer"));

    /** A page inside another app: the app is not known, so no browser is named. */
    private static final Set<String> EMBEDDED = Set.of("Mobile Safari UI/WKWebView", "Chrome Mobile WebView");

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
    static Device of(@Nullable String browser, @Nullable String os, @Nullable String model, boolean mobile) {
        String family = family(browser);
        String system = system(os, model);
        boolean embedded = family != null && EMBEDDED.contains(family);
        String name = family == null || embedded ? null : BROWSERS.getOrDefault(family, family);
        return new Device(name, system, type(name, system, embedded, mobile));
    }

    private static Device.Type type(
            @Nullable String browser, @Nullable String system, boolean embedded, boolean mobile) {
        if (embedded || (system == null && browser != null)) {
            return Device.Type.APP;
        }
        return SystemTypes.of(system, mobile);
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
        String harmless = Harmless.text(text);
        return harmless == null || NOTHING.contains(harmless) ? null : harmless;
    }
}
