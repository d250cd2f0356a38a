package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.StoredSession;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Makes {@link SessionSummary summaries}, from Keycloak's table for many persons at once. */
final class SessionSummaries {

    private SessionSummaries() {}

    /**
     * A living session of a person.
     *
     * @param lastActiveAt milliseconds since the epoch
     */
    record Activity(String sessionId, long lastActiveAt) {

        private static final long SECOND = 1_000;

        /**
         * From what Keycloak and what applications know.
         *
         * @param lastRefreshAt seconds since the epoch
         */
        static Activity of(String sessionId, int lastRefreshAt, Map<String, SessionActivity> reported) {
            long lastBeatAt =
                    reported.getOrDefault(sessionId, SessionActivity.NONE).lastBeatAt();
            return new Activity(sessionId, Math.max(lastRefreshAt * SECOND, lastBeatAt));
        }
    }

    /** By person; those without a living session are left out. */
    static Map<String, SessionSummary> stored(KeycloakSession session, RealmModel realm, Collection<String> userIds) {
        PersistedSessions table = new PersistedSessions(session);
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        List<StoredSession> living = table.ofUsers(realm.getId(), userIds).stream()
                .filter(one -> span(one).isLiving(realm, now))
                .toList();
        Set<String> providers = living.stream()
                .map(StoredSession::identityProvider)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> existing =
                providers.isEmpty() ? Set.of() : table.existingIdentityProviders(realm.getId(), providers);
        Map<String, SessionActivity> reported = new HumanActivity(session)
                .ofUsers(
                        realm,
                        userIds,
                        living.stream().map(StoredSession::sessionId).toList());
        return living.stream()
                .filter(one -> isThere(one.identityProvider(), existing))
                .collect(Collectors.groupingBy(
                        StoredSession::userId,
                        Collectors.collectingAndThen(
                                Collectors.mapping(
                                        one -> Activity.of(one.sessionId(), one.lastActiveAt(), reported),
                                        Collectors.toList()),
                                SessionSummaries::of)));
    }

    /** Of one person. Pure. */
    static SessionSummary of(Collection<Activity> living) {
        return living.stream()
                .map(Activity::lastActiveAt)
                .max(Long::compare)
                .map(last -> new SessionSummary(
                        Math.toIntExact(living.stream()
                                .map(Activity::sessionId)
                                .distinct()
                                .count()),
                        Instant.ofEpochMilli(last)))
                .orElse(SessionSummary.NONE);
    }

    /** Keycloak refuses a session that began at an identity provider which is gone. */
    private static boolean isThere(@Nullable String identityProvider, Set<String> existing) {
        return identityProvider == null || existing.contains(identityProvider);
    }

    private static SessionSpan span(StoredSession one) {
        return new SessionSpan(one.offline(), one.rememberMe(), one.startedAt(), one.lastActiveAt());
    }
}
