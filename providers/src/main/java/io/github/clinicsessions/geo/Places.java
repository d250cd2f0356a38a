package io.github.clinicsessions.geo;

import io.github.clinicsessions.platform.IpAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** Where addresses are: local networks by what they are, all others by the provider. Never fails, and asks nobody outside. */
public final class Places {

    private static final Logger LOG = Logger.getLogger(Places.class);

    private final @Nullable GeoProvider provider;

    Places(@Nullable GeoProvider provider) {
        this.provider = provider;
    }

    /** Those of this request. */
    public static Places of(KeycloakSession session) {
        try {
            return new Places(session.getProvider(GeoProvider.class));
        } catch (RuntimeException e) {
            LOG.warn("no countries, for the provider cannot be made", e);
            return new Places(null);
        }
    }

    /**
     * The place of an address.
     *
     * @param ipAddress a literal, with or without brackets; anything else is nowhere
     */
    public Place locate(@Nullable String ipAddress) {
        byte[] address = IpAddresses.bytes(ipAddress);
        if (address == null) {
            return Place.UNKNOWN;
        }
        byte[] reached = SpecialNetworks.reached(address);
        return switch (SpecialNetworks.kindOf(reached)) {
            case LOCAL -> Place.LOCAL;
            case UNUSABLE -> Place.UNKNOWN;
            case INTERNET -> ofInternet(reached);
        };
    }

    /** What has to be shown wherever countries are. */
    public Optional<Attribution> attribution() {
        try {
            return provider == null ? Optional.empty() : provider.attribution();
        } catch (RuntimeException e) {
            LOG.debug("no attribution, for the provider failed", e);
            return Optional.empty();
        }
    }

    private Place ofInternet(byte[] address) {
        if (provider == null) { // switched off
            return Place.UNKNOWN;
        }
        try {
            return Place.in(provider.country(InetAddress.getByAddress(address)).orElse(null));
        } catch (UnknownHostException | RuntimeException e) { // a sign-in must not fail for want of a country
            LOG.debugf(e, "no country, for the provider failed");
            return Place.UNKNOWN;
        }
    }
}
