package io.github.clinicsessions.geo;

import io.github.clinicsessions.platform.Countries;
import org.jspecify.annotations.Nullable;

/**
 * Where an address is, as far as that is known.
 *
 * @param country ISO 3166-1 alpha-2, upper case; null unless the kind is {@link Kind#COUNTRY}
 */
public record Place(Kind kind, @Nullable String country) {

    /** What is known of it. */
    public enum Kind {
        /** In this country, if the database is right. */
        COUNTRY,
        /** In a network that is not the internet: private, of this host, or for documentation. */
        LOCAL,
        /** Nobody knows. */
        UNKNOWN
    }

    public static final Place LOCAL = new Place(Kind.LOCAL, null);
    public static final Place UNKNOWN = new Place(Kind.UNKNOWN, null);

    /**
     * @throws IllegalArgumentException if kind and country do not go together, or the country is no code
     */
    public Place {
        boolean fits = kind == Kind.COUNTRY ? country != null && Countries.isCode(country) : country == null;
        if (!fits) {
            throw new IllegalArgumentException("not a place: " + kind);
        }
    }

    /** In the country of this code; unknown if it is none, as are the codes that databases have for no country in particular. */
    public static Place in(@Nullable String code) {
        return code != null && Countries.isCode(code) ? new Place(Kind.COUNTRY, code) : UNKNOWN;
    }
}
