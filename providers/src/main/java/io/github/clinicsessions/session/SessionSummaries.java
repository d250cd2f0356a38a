package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.StoredSession;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        List<StoredSession> valid = ValidSessions.among(table, realm, table.ofUsers(realm.getId(), userIds));
        Map<String, SessionActivity> reported = new HumanActivity(session)
                .ofUsers(
                        realm,
                        userIds,
                        valid.stream().map(StoredSession::sessionId).toList());
        return valid.stream()
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
}
