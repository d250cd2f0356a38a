package io.github.clinicsessions.admin;

import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.registry.UnusedSessions;
import io.github.clinicsessions.registry.UnusedSessions.Kind;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.RealmExpiration;

/**
 * The sessions that live now and would not if the realm's idle time-outs were within bounds: Keycloak would refuse them at once.
 * Shorter access tokens end none, and an idle time-out of a client cuts that client's part of a session only.
 */
final class SessionsThatWouldEnd {

    private final KeycloakSession session;
    private final RealmModel realm;

    SessionsThatWouldEnd(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** An online and an offline session of one id count once. At most one query. */
    long count() {
        RealmSettings settings = RealmSettings.of(realm);
        RealmExpiration expiration = RealmExpiration.fromRealm(realm);
        List<UnusedSessions> beyond = new ArrayList<>();
        int longest = settings.longestIdleSeconds();
        addBeyond(longest, Kind.ONLINE, expiration.lifespan(), expiration.maxIdle(), beyond);
        if (realm.isRememberMe()) { // else Keycloak refuses them anyway
            addBeyond(
                    longest, Kind.REMEMBERED, expiration.rememberMeLifespan(), expiration.rememberMeMaxIdle(), beyond);
        }
        if (settings.boundOffline()) {
            addBeyond(longest, Kind.OFFLINE, expiration.offlineLifespan(), expiration.offlineMaxIdle(), beyond);
        }
        return new PersistedSessions(session).count(realm.getId(), beyond);
    }

    /**
     * @param lifespan seconds; negative for no end
     * @param idle seconds, as it is in force
     */
    private static void addBeyond(int longestIdle, Kind kind, int lifespan, int idle, List<UnusedSessions> beyond) {
        if (idle > longestIdle) {
            int now = (int) Time.currentTimeSeconds(); // as wide as the columns
            beyond.add(new UnusedSessions(kind, lifespan < 0 ? 0 : now - lifespan, now - idle, now - longestIdle));
        }
    }
}
