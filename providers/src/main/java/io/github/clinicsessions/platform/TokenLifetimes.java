package io.github.clinicsessions.platform;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * How long the access tokens of a realm live, at the longest: {@link AccessTokenLifespans} of what is set now, and what the
 * realm has noted of longer ones.
 */
public final class TokenLifetimes {

    /** Attribute of the realm: seconds since the epoch until which tokens issued under a longer lifespan may live. */
    public static final String TOKENS_UNTIL = "clinicSessions.tokensUntil";

    /** The lifespan that stands for the session's own. */
    public static final int AS_LONG_AS_THE_SESSION = AccessTokenLifespans.AS_LONG_AS_THE_SESSION;

    private TokenLifetimes() {}

    /** When at the latest the last access token that this realm has issued until now expires. */
    public static Instant latestExpiry(RealmModel realm) {
        return Instant.ofEpochSecond(Math.max(
                Time.currentTimeSeconds() + RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS,
                number(realm.getAttribute(TOKENS_UNTIL))));
    }

    /**
     * When at the latest the last access token that these clients of the realm have until now expires. Of no client: now, for
     * what there is of longer ones is not theirs.
     */
    public static Instant latestExpiry(RealmModel realm, Collection<ClientModel> clients) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        if (clients.isEmpty()) {
            return now;
        }
        Instant issuedNow = now.plusSeconds(longestAccessTokenSeconds(realm, clients));
        Instant noted = Instant.ofEpochSecond(number(realm.getAttribute(TOKENS_UNTIL)));
        return noted.isAfter(issuedNow) ? noted : issuedNow;
    }

    /** Longest lifespan, in seconds, of an access token of any of these clients; without a client 0. */
    public static long longestAccessTokenSeconds(RealmModel realm, Collection<ClientModel> clients) {
        AccessTokenLifespans lifespans = of(realm);
        return clients.stream()
                .mapToLong(client -> lifespans.ofClient(
                        client.getAttribute(OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN),
                        client.isImplicitFlowEnabled()))
                .max()
                .orElse(0);
    }

    /**
     * Notes that tokens may be around that were issued just now under this lifespan, which is about to be lowered. Never
     * brings the noted time forward.
     *
     * @param lifespan seconds, or {@link #AS_LONG_AS_THE_SESSION}
     */
    public static void remember(RealmModel realm, long lifespan) {
        long seconds = of(realm).seconds(lifespan);
        if (seconds > RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS) {
            long until = Math.max(Time.currentTimeSeconds() + seconds, number(realm.getAttribute(TOKENS_UNTIL)));
            realm.setAttribute(TOKENS_UNTIL, Long.toString(until));
        }
    }

    private static AccessTokenLifespans of(RealmModel realm) {
        return new AccessTokenLifespans(
                realm.getAccessTokenLifespan(),
                realm.getAccessTokenLifespanForImplicitFlow(),
                Math.max(realm.getSsoSessionMaxLifespan(), realm.getSsoSessionMaxLifespanRememberMe()));
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
