package io.github.clinicsessions.device;

import org.jspecify.annotations.Nullable;

/**
 * A device as the text of a session's note: {@code 1;Edge;Windows 11;DESKTOP}. Pure. It is read as strictly as if anybody could
 * have written it: a mapper of an identity provider can set notes, too.
 */
final class DeviceNote {

    private static final String VERSION = "1";
    private static final String SEPARATOR = ";"; // no harmless text holds one
    private static final int PARTS = 4;
    private static final int LONGEST = 2 * Harmless.LONGEST + 20;

    private DeviceNote() {}

    static String write(Device device) {
        return String.join(
                SEPARATOR,
                VERSION,
                textOf(device.browser()),
                textOf(device.os()),
                device.type().name());
    }

    /** Null for what {@link #write} would not have written. */
    static @Nullable Device read(@Nullable String note) {
        if (note == null || note.length() > LONGEST) {
            return null;
        }
        String[] parts = note.split(SEPARATOR, PARTS + 1);
        if (parts.length != PARTS) {
            return null;
        }
        Device.Type type = type(parts[3]);
        if (type == null) {
            return null;
        }
        Device device = new Device(Harmless.text(parts[1]), Harmless.text(parts[2]), type);
        // Whatever was left out, trimmed or written otherwise comes out differently.
        return write(device).equals(note) ? device : null;
    }

    private static String textOf(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static Device.@Nullable Type type(String name) {
        for (Device.Type type : Device.Type.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }
}
