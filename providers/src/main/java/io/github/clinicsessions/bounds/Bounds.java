package io.github.clinicsessions.bounds;

import static io.github.clinicsessions.platform.RealmSettings.ACCESS_TOKEN_SECONDS;
import static io.github.clinicsessions.platform.RealmSettings.IDLE_TIMEOUT_MINUTES;
import static io.github.clinicsessions.platform.RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS;
import static io.github.clinicsessions.platform.RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES;
import static io.github.clinicsessions.platform.RealmSettings.LONGEST_MAX_HOURS;
import static io.github.clinicsessions.platform.RealmSettings.MAX_HOURS;
import static io.github.clinicsessions.platform.RealmSettings.SHORTEST_ACCESS_TOKEN_SECONDS;
import static io.github.clinicsessions.platform.RealmSettings.SHORTEST_IDLE_TIMEOUT_MINUTES;
import static io.github.clinicsessions.platform.RealmSettings.SHORTEST_MAX_HOURS;

import io.github.clinicsessions.bounds.Bound.Governs;
import io.github.clinicsessions.bounds.Bound.Unit;
import io.github.clinicsessions.platform.TokenLifetimes;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/** Every bound there is. A further one is a further line. */
final class Bounds {

    private static final List<Bound> ALL = List.of(
            Bound.realmAttribute(
                    ACCESS_TOKEN_SECONDS, Governs.OTHER_BOUNDS, Unit.SECONDS, limits -> ourAccessTokenSeconds()),
            Bound.realmAttribute(
                    IDLE_TIMEOUT_MINUTES, Governs.OTHER_BOUNDS, Unit.MINUTES, Bounds::ourIdleTimeoutMinutes),
            Bound.realmAttribute(MAX_HOURS, Governs.OTHER_BOUNDS, Unit.HOURS, limits -> ourMaxHours()),
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
            Bound.client(OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN, Governs.ACCESS_TOKENS, Bounds::accessToken),
            Bound.realm(
                    "ssoSessionIdleTimeout",
                    Governs.SESSIONS,
                    Bounds::sessionIdle,
                    RealmModel::getSsoSessionIdleTimeout,
                    RealmModel::setSsoSessionIdleTimeout),
            Bound.realm(
                    "ssoSessionIdleTimeoutRememberMe",
                    Governs.SESSIONS,
                    Bounds::idle,
                    RealmModel::getSsoSessionIdleTimeoutRememberMe,
                    RealmModel::setSsoSessionIdleTimeoutRememberMe),
            Bound.realm(
                    "clientSessionIdleTimeout",
                    Governs.SESSIONS,
                    Bounds::idle,
                    RealmModel::getClientSessionIdleTimeout,
                    RealmModel::setClientSessionIdleTimeout),
            Bound.client(OIDCConfigAttributes.CLIENT_SESSION_IDLE_TIMEOUT, Governs.SESSIONS, Bounds::idle),
            Bound.realm(
                    "offlineSessionIdleTimeout",
                    Governs.SESSIONS,
                    Bounds::offlineSessionIdle,
                    RealmModel::getOfflineSessionIdleTimeout,
                    RealmModel::setOfflineSessionIdleTimeout),
            Bound.realm(
                    "clientOfflineSessionIdleTimeout",
                    Governs.SESSIONS,
                    Bounds::offlineIdle,
                    RealmModel::getClientOfflineSessionIdleTimeout,
                    RealmModel::setClientOfflineSessionIdleTimeout),
            Bound.client(
                    OIDCConfigAttributes.CLIENT_OFFLINE_SESSION_IDLE_TIMEOUT, Governs.SESSIONS, Bounds::offlineIdle),
            Bound.realm(
                    "ssoSessionMaxLifespan",
                    Governs.SESSIONS,
                    Bounds::sessionLife,
                    RealmModel::getSsoSessionMaxLifespan,
                    RealmModel::setSsoSessionMaxLifespan),
            Bound.realm(
                    "ssoSessionMaxLifespanRememberMe",
                    Governs.SESSIONS,
                    Bounds::life,
                    RealmModel::getSsoSessionMaxLifespanRememberMe,
                    RealmModel::setSsoSessionMaxLifespanRememberMe),
            Bound.realm(
                    "clientSessionMaxLifespan",
                    Governs.SESSIONS,
                    Bounds::life,
                    RealmModel::getClientSessionMaxLifespan,
                    RealmModel::setClientSessionMaxLifespan),
            Bound.client(OIDCConfigAttributes.CLIENT_SESSION_MAX_LIFESPAN, Governs.SESSIONS, Bounds::life));

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

    /** Where Keycloak's value is a clinic's, this remembers the realm's own. */
    private static Range ourIdleTimeoutMinutes(Limits limits) {
        OptionalInt remembered = limits.idle().realmMinutes();
        return remembered.isPresent()
                ? Range.between(SHORTEST_IDLE_TIMEOUT_MINUTES, remembered.getAsInt())
                        .whereAbsentIs(remembered.getAsInt())
                : Range.between(SHORTEST_IDLE_TIMEOUT_MINUTES, LONGEST_IDLE_TIMEOUT_MINUTES);
    }

    private static Range ourMaxHours() {
        return Range.between(SHORTEST_MAX_HOURS, LONGEST_MAX_HOURS);
    }

    /** {@code SessionExpirationUtils#getSsoSessionIdleTimeout}: what is not positive is half an hour, which may be too long. */
    private static Range sessionIdle(Limits limits) {
        int longest = limits.longestIdleSeconds();
        Range range = limits.idle().isRaised() ? Range.between(longest, longest) : Range.atMost(longest);
        return range.whereUnsetIs(Constants.DEFAULT_SESSION_IDLE_TIMEOUT);
    }

    /** The same of {@code getOfflineSessionIdleTimeout}: it is 30 days, which is always too long. */
    private static Range offlineSessionIdle(Limits limits) {
        return limits.settings().boundOffline()
                ? idle(limits).whereUnsetIs(Constants.DEFAULT_OFFLINE_SESSION_IDLE_TIMEOUT)
                : Range.ANY;
    }

    /**
     * What overrides the realm's value, for people who are to be remembered and for clients: what is not positive is not set
     * ({@code RealmExpiration#fromRealm}, {@code SessionExpirationUtils#calculateClientSessionIdleTimestamp}).
     */
    private static Range idle(Limits limits) {
        return Range.atMost(limits.longestIdleSeconds());
    }

    private static Range offlineIdle(Limits limits) {
        return limits.settings().boundOffline() ? idle(limits) : Range.ANY;
    }

    /** {@code SessionExpirationUtils#getSsoSessionMaxLifespan}: what is not positive is ten hours. */
    private static Range sessionLife(Limits limits) {
        return life(limits).whereUnsetIs(Constants.DEFAULT_SESSION_MAX_LIFESPAN);
    }

    /** As {@link #idle}: what overrides the realm's longest life, and is not set where it is not positive. */
    private static Range life(Limits limits) {
        return Range.atMost(limits.longestSessionSeconds());
    }

    /**
     * In the realm as in a client: {@code TokenManager#getTokenExpiration} takes -1 for "as long as the session"; 0 and
     * every other negative number give a token that has expired at once, which is nobody's harm.
     */
    private static Range accessToken(Limits limits) {
        return Range.atMost(limits.settings().accessTokenSeconds().orElse(LONGEST_ACCESS_TOKEN_SECONDS))
                .withEndless(TokenLifetimes.AS_LONG_AS_THE_SESSION);
    }
}
