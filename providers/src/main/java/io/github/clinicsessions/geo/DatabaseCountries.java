package io.github.clinicsessions.geo;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Countries from what is loaded at the moment. */
final class DatabaseCountries implements GeoProvider {

    private final CountryData data;
    private final @Nullable Attribution wanted;

    /** @param wanted shown in place of what the data's maker demands */
    DatabaseCountries(CountryData data, @Nullable Attribution wanted) {
        this.data = data;
        this.wanted = wanted;
    }

    @Override
    public Optional<String> country(InetAddress address) {
        return data.country(address);
    }

    @Override
    public Optional<Attribution> attribution() {
        return Optional.ofNullable(wanted).or(data::attribution);
    }
}
