package io.github.clinicsessions.geo;

import java.net.InetAddress;
import java.util.Optional;
import org.keycloak.provider.Provider;

/**
 * The SPI {@code clinic-geo}: which country an address is in. Use it by way of {@link Places}, which classifies local networks
 * first, so that only addresses of the internet arrive here.
 */
public interface GeoProvider extends Provider {

    /**
     * The country's code, ISO 3166-1 alpha-2, upper case; empty if it is not known. Asked at sign-ins and for each session of a
     * list: it must be quick, without effects, and must not ask anybody outside. What it throws counts as not known.
     *
     * @param address without a host name; IPv4-mapped addresses come as IPv4
     */
    Optional<String> country(InetAddress address);

    /** What has to be shown wherever countries are. */
    default Optional<Attribution> attribution() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
