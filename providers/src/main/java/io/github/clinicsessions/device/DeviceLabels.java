package io.github.clinicsessions.device;

import org.jspecify.annotations.Nullable;

/**
 * What a device is called, from what a request says of it: "Edge on Windows 11", "Safari on iPhone", "clinic-app on Android".
 * Pure. All of it is text of whoever sent the request: only names of our tables come out of it, and the client's id where that is harmless.
 */
public final class DeviceLabels {

    /** Microsoft's own table: 1 to 10 are versions of Windows 10, 13 and above are Windows 11. */
    private static final int WINDOWS_11 = 13;

    private DeviceLabels() {}

    /**
     * The device behind a request; what cannot be told stays null. Never throws.
     *
     * @param userAgent the header; only its first 512 characters are read
     * @param hints believed only as far as they fit the user agent
     * @param clientId whose name a program that is no browser gets; the first 60 characters count
     */
    public static Device of(@Nullable String userAgent, Hints hints, @Nullable String clientId) {
        if (userAgent == null || userAgent.isBlank()) {
            return Device.UNKNOWN;
        }
        UserAgent agent = UserAgent.read(userAgent);
        Hints believed = believed(agent, hints);
        String system = system(agent, believed);
        if (isProgram(agent)) {
            return new Device(program(clientId), system, Device.Type.APP);
        }
        return new Device(browser(agent, believed), system, type(agent, believed, system));
    }

    /** Hints come of Chromium and of the same system: others are a mistake or a lie, and tell nothing then. */
    private static Hints believed(UserAgent agent, Hints hints) {
        String system = agent.system();
        if (!agent.isChromium() || system == null) {
            return Hints.NONE;
        }
        boolean otherPlatform = hints.platform() != null && !Systems.isPlatform(system, hints.platform());
        boolean phoneOnDesk =
                Boolean.TRUE.equals(hints.mobile()) && SystemTypes.of(system, true) == Device.Type.DESKTOP;
        return otherPlatform || phoneOnDesk ? Hints.NONE : hints;
    }

    /** What names itself and is no browser, and pages that an app shows without saying which it is. */
    private static boolean isProgram(UserAgent agent) {
        if (!agent.isLikeBrowser()) {
            return true;
        }
        Browsers.Entry browser = agent.browser();
        if (browser == null) {
            return agent.isWebView();
        }
        return switch (browser.kind()) {
            case PROGRAM -> true;
            case CHROME -> agent.isWebView();
            default -> false;
        };
    }

    private static @Nullable String program(@Nullable String clientId) {
        return clientId == null || clientId.length() <= Harmless.LONGEST
                ? Harmless.text(clientId)
                : Harmless.text(clientId.substring(0, Harmless.LONGEST));
    }

    private static @Nullable String browser(UserAgent agent, Hints hints) {
        Browsers.Entry browser = agent.browser();
        if (browser == null) {
            return null;
        }
        String brand = Browsers.ofBrands(hints.brands());
        return switch (browser.kind()) {
            case CHROME -> brand == null ? browser.name() : brand;
            case SAFARI -> agent.isAndroid() ? "Android Browser" : browser.name();
            // A brand may be more of the same ("Opera GX"), never something else.
            default -> brand != null && brand.startsWith(browser.name() + " ") ? brand : browser.name();
        };
    }

    private static @Nullable String system(UserAgent agent, Hints hints) {
        String system = agent.system();
        if (system == null) {
            return null;
        }
        Browsers.Entry browser = agent.browser();
        return switch (system) {
            case "Windows" -> hints.platform() != null && hints.platformVersion() >= WINDOWS_11 ? "Windows 11" : system;
            // On an iPad they ask for the desktop's pages, as Safari does, but keep their own token.
            case "macOS" -> browser != null && browser.kind() == Browsers.Kind.APPLE_MOBILE ? "iPad" : system;
            default -> system;
        };
    }

    private static Device.Type type(UserAgent agent, Hints hints, @Nullable String system) {
        Browsers.Entry browser = agent.browser();
        if (browser != null && browser.kind() == Browsers.Kind.APP) {
            return Device.Type.APP;
        }
        if (agent.isTelevision()) {
            return Device.Type.UNKNOWN;
        }
        if ("HarmonyOS".equals(system) && !agent.isMobile()) {
            return agent.isPersonalComputer() ? Device.Type.DESKTOP : Device.Type.TABLET;
        }
        boolean mobile = agent.isMobile() || (!agent.isTablet() && Boolean.TRUE.equals(hints.mobile()));
        return SystemTypes.of(system, mobile);
    }
}
