package io.github.clinicsessions.device;

import org.jspecify.annotations.Nullable;

/**
 * What a session was opened with, as far as it is known.
 *
 * @param browser such as "Chrome", without version
 * @param os such as "macOS" or "iPhone", without version: versions in user agents are frozen and would be a lie
 */
public record Device(@Nullable String browser, @Nullable String os, Type type) {

    public static final Device UNKNOWN = new Device(null, null, Type.UNKNOWN);

    /** What kind of thing it is. */
    public enum Type {
        DESKTOP,
        MOBILE,
        TABLET,
        APP,
        UNKNOWN
    }

    /** "Chrome on macOS", or the one part that is known, or null. English: pages build their own from the parts. */
    public @Nullable String label() {
        if (browser != null && os != null) {
            return browser + " on " + os;
        }
        return browser != null ? browser : os;
    }
}
