package io.github.clinicsessions.text;

import io.github.clinicsessions.geo.Place;
import io.github.clinicsessions.platform.Countries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** "Germany" in the person's language. */
public final class PlaceText {

    private final Locale locale;

    public PlaceText(Locale locale) {
        this.locale = locale;
    }

    /** Null where no country is known. */
    public @Nullable String name(Place place) {
        return name(place.country());
    }

    /** Of a code; null for none. */
    public @Nullable String name(@Nullable String country) {
        return country == null ? null : Countries.name(country, locale);
    }
}
