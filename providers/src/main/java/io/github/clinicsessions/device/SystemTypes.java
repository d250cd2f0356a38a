package io.github.clinicsessions.device;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of thing runs a system. Pure. */
final class SystemTypes {

    private static final Set<String> DESKTOPS = Set.of(
            "Windows", "Windows 11", "macOS", "Linux", "Ubuntu", "Fedora", "Debian", "ChromeOS", "FreeBSD", "OpenBSD");

    private static final Set<String> POCKETS = Set.of("iPhone", "iPod", "KaiOS", "Windows Phone");

    private SystemTypes() {}

    /** @param mobile whether a phone was named; tablets name none */
    static Device.Type of(@Nullable String system, boolean mobile) {
        if (system == null) {
            return Device.Type.UNKNOWN;
        }
        if (system.equals("iPad")) {
            return Device.Type.TABLET;
        }
        if (POCKETS.contains(system)) {
            return Device.Type.MOBILE;
        }
        if (system.equals("Android")) {
            return mobile ? Device.Type.MOBILE : Device.Type.TABLET;
        }
        if (DESKTOPS.contains(system)) {
            return Device.Type.DESKTOP;
        }
        return mobile ? Device.Type.MOBILE : Device.Type.UNKNOWN;
    }
}
