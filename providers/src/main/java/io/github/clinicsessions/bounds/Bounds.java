package io.github.clinicsessions.bounds;

import static io.github.clinicsessions.platform.RealmSettings.ACCESS_TOKEN_SECONDS;
import static io.github.clinicsessions.platform.RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS;
import static io.github.clinicsessions.platform.RealmSettings.SHORTEST_ACCESS_TOKEN_SECONDS;

import io.github.clinicsessions.bounds.Bound.Governs;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.platform.TokenLifetimes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/** Every bound there is. A further one is a further line. */
final class Bounds {

    /** All times are seconds. */
    static final String UNIT = "seconds";

    private static final List<Bound> ALL = List.of(
            Bound.realmAttribute(ACCESS_TOKEN_SECONDS, Governs.OTHER_BOUNDS, settings -> ourAccessTokenSeconds()),
            Bound.realm(
                    "accessTokenLifespan",
                    Governs.ACCESS_TOKENS,
                    Bounds::accessToken,
                    RealmModel::getAccessTokenLifespan,
                    RealmModel::setAccessTokenLifespan),
            Bound.realm(
                    "accessTokenLifespanForImplicitFlow",
                    Governs.ACCESS_TOKENS,
                    Bounds::accessToken,
                    RealmModel::getAccessTokenLifespanForImplicitFlow,
                    RealmModel::setAccessTokenLifespanForImplicitFlow),
            Bound.client(OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN, Governs.ACCESS_TOKENS, Bounds::accessToken));

    /** In the realm; ours stand before the native ones that depend on them. */
    static final List<Bound.OfRealm> OF_REALM = of(Bound.OfRealm.class).toList();

    static final List<Bound.OfClient> OF_CLIENTS = of(Bound.OfClient.class).toList();

    /** The attributes of clients that are bounded. */
    static final Set<String> CLIENT_ATTRIBUTES =
            OF_CLIENTS.stream().map(Bound::setting).collect(Collectors.toUnmodifiableSet());

    private Bounds() {}

    private static <B extends Bound> Stream<B> of(Class<B> type) {
        return ALL.stream().filter(type::isInstance).map(type::cast);
    }

    private static Range ourAccessTokenSeconds() {
        return Range.between(SHORTEST_ACCESS_TOKEN_SECONDS, LONGEST_ACCESS_TOKEN_SECONDS);
    }

    /**
     * In the realm as in a client: {@code TokenManager#getTokenExpiration} takes -1 for "as long as the session"; 0 and
     * every other negative number give a token that has expired at once, which is nobody's harm.
     */
    private static Range accessToken(RealmSettings settings) {
        return Range.atMost(settings.accessTokenSeconds().orElse(LONGEST_ACCESS_TOKEN_SECONDS))
                .withEndless(TokenLifetimes.AS_LONG_AS_THE_SESSION);
    }
}
