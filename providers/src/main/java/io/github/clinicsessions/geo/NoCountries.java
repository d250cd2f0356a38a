package io.github.clinicsessions.geo;

import java.net.InetAddress;
import java.util.Optional;

/** Knows no country. */
final class NoCountries implements GeoProvider {

    @Override
    public Optional<String> country(InetAddress address) {
        return Optional.empty();
    }
}
