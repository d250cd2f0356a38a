package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.StoredSession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.SessionExpirationUtils;

/**
 * What decides when a session runs out.
 *
 * @param startedAt seconds since the epoch
 * @param lastActiveAt seconds since the epoch
 */
record SessionSpan(boolean offline, boolean rememberMe, int startedAt, int lastActiveAt) {

    private static final long SECOND = 1_000;

    static SessionSpan of(UserSessionModel userSession) {
        return new SessionSpan(
                userSession.isOffline(),
                userSession.isRememberMe(),
                userSession.getStarted(),
                userSession.getLastSessionRefresh());
    }

    static SessionSpan of(StoredSession stored) {
        return new SessionSpan(stored.offline(), stored.rememberMe(), stored.startedAt(), stored.lastActiveAt());
    }

    /** Never after {@link #maxExpiry}: Keycloak's own calculation takes no notice of that. */
    Instant idleExpiry(RealmModel realm) {
        Instant max = maxExpiry(realm);
        Instant idle = Instant.ofEpochMilli(SessionExpirationUtils.calculateUserSessionIdleTimestamp(
                offline, rememberMe, lastActiveAt * SECOND, realm));
        return max != null && max.isBefore(idle) ? max : idle;
    }

    /** Seconds that Keycloak lets it last unused. */
    int idleSeconds(RealmModel realm) {
        long millis = SessionExpirationUtils.calculateUserSessionIdleTimestamp(offline, rememberMe, 0, realm);
        return Math.toIntExact(millis / SECOND);
    }

    /** Null if it may go on for ever. */
    @Nullable
    Instant maxExpiry(RealmModel realm) {
        long millis = SessionExpirationUtils.calculateUserSessionMaxLifespanTimestamp(
                offline, rememberMe, startedAt * SECOND, realm);
        return millis < 0 ? null : Instant.ofEpochMilli(millis);
    }

    /**
     * Whether Keycloak takes it, as {@code AuthenticationManager#isSessionValid} says where sessions are persistent; whether its
     * identity provider is still there, that one asks too.
     */
    boolean isLiving(RealmModel realm, Instant now) {
        return (!rememberMe || realm.isRememberMe()) && idleExpiry(realm).isAfter(now);
    }
}
