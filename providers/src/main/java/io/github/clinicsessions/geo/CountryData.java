package io.github.clinicsessions.geo;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/** Countries by address, as they were when they were loaded. Shared by threads; needs no closing. */
interface CountryData {

    /** As {@link GeoProvider#country}; empty where the data is broken. */
    Optional<String> country(InetAddress address);

    /** What the data calls itself: one line, plain. */
    String type();

    /** When it was made. */
    Instant built();

    /** What whoever made it wants to be shown, as far as that is known. */
    default Optional<Attribution> attribution() {
        return Attributions.demandedBy(type());
    }
}
