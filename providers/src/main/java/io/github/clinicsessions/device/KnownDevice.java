package io.github.clinicsessions.device;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device with which a person has signed in. Each person has a row of their own for a device that several use, and nothing in one
 * tells of another.
 *
 * @param id by which pages and REST name it; random, so that the rows of two persons cannot be matched by it
 * @param hash SHA-256 of the id in the device's cookie, base64url without padding
 * @param label see {@link Device#label()}; null where nothing is known
 * @param name given by the person; null for none
 * @param firstSeenAt milliseconds since the epoch
 * @param lastSeenAt milliseconds since the epoch
 * @param countries ISO 3166-1 alpha-2 codes from where the person has signed in with it
 * @param lastCountry of the last sign-in; null where it was not known
 */
public record KnownDevice(
        String id,
        String hash,
        @Nullable String label,
        @Nullable String name,
        long firstSeenAt,
        long lastSeenAt,
        Set<String> countries,
        @Nullable String lastCountry) {

    /** Longest name, in characters as Java counts them. */
    public static final int LONGEST_NAME = 60;

    public KnownDevice {
        countries = Set.copyOf(countries);
    }
}
