package io.github.clinicsessions.text;

import io.github.clinicsessions.device.Device;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** "Chrome on macOS" in the person's language. */
public final class DeviceText {

    private static final String ON = " on ";

    private final Properties messages;
    private final Locale locale;

    /** @param messages with the key {@code clinicDeviceLabel}; English without */
    public DeviceText(Properties messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    /** Null for a device that nothing is known of. */
    public @Nullable String label(@Nullable Device device) {
        if (device == null) {
            return null;
        }
        String pattern = messages.getProperty("clinicDeviceLabel");
        if (device.browser() == null || device.os() == null || pattern == null) {
            return device.label();
        }
        return new MessageFormat(pattern, locale).format(new Object[] {device.browser(), device.os()});
    }

    /**
     * The same of what is stored.
     *
     * @param english see {@link Device#label()}
     */
    public @Nullable String label(@Nullable String english) {
        int on = english == null ? -1 : english.lastIndexOf(ON);
        return english == null || on < 0
                ? english
                : label(new Device(english.substring(0, on), english.substring(on + ON.length()), Device.Type.UNKNOWN));
    }
}
