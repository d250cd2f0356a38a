package io.github.clinicsessions.admin;

import io.github.clinicsessions.bounds.Limits;
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
 * The sessions that live now and would not if the realm's own time-outs were within bounds: Keycloak would refuse them at once.
 * Shorter access tokens end none, and a time-out of a client cuts that client's part of a session only. What rules of clinics and
 * roles end beside is not counted.
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
        Limits limits = Limits.of(session, realm);
        RealmExpiration expiration = RealmExpiration.fromRealm(realm);
        List<UnusedSessions> beyond = new ArrayList<>();
        addBeyond(limits, Kind.ONLINE, expiration.lifespan(), expiration.maxIdle(), beyond);
        if (realm.isRememberMe()) { // else Keycloak refuses them anyway
            addBeyond(limits, Kind.REMEMBERED, expiration.rememberMeLifespan(), expiration.rememberMeMaxIdle(), beyond);
        }
        if (RealmSettings.of(realm).boundOffline()) {
            addBeyond(limits, Kind.OFFLINE, expiration.offlineLifespan(), expiration.offlineMaxIdle(), beyond);
        }
        return new PersistedSessions(session).count(realm.getId(), beyond);
    }

    /**
     * Those unused for too long, and those of the rest that began too long ago.
     *
     * @param lifespan seconds; negative for no end
     * @param idle seconds, as it is in force
     */
    private static void addBeyond(Limits limits, Kind kind, int lifespan, int idle, List<UnusedSessions> beyond) {
        int now = (int) Time.currentTimeSeconds(); // as wide as the columns
        int begun = lifespan < 0 ? 0 : now - lifespan;
        int longestIdle = limits.longestIdleSeconds();
        if (idle > longestIdle) {
            beyond.add(new UnusedSessions(kind, begun, now, now - idle, now - longestIdle));
        }
        int longest = limits.longestSessionSeconds();
        if (kind != Kind.OFFLINE && lifespan > longest) {
            beyond.add(new UnusedSessions(kind, begun, now - longest, now - Math.min(idle, longestIdle), now));
        }
    }
}
