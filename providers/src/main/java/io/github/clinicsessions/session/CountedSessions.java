package io.github.clinicsessions.session;

import io.github.clinicsessions.limit.Counted;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.StoredSession;
import io.github.clinicsessions.registry.jpa.Activities;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import io.github.clinicsessions.session.IdleJudge.End;
import io.github.clinicsessions.session.IdleJudge.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * What a limit counts of a person's sessions: those that {@link SessionDirectory#ofUser} lists, read from the database as it is now,
 * without those that are to end. In the transaction of the Keycloak session that is given, and by its connection alone.
 *
 * @param living by session id
 * @param comeBack under which Keycloak has a session although it has its tombstone
 */
record CountedSessions(Map<String, Living> living, Map<String, EndedSession> comeBack) {

    /** One of them, as it is counted and as it would be ended. */
    record Living(Counted counted, LivingSession session) {}

    static CountedSessions of(KeycloakSession own, RealmModel realm, UserModel user) {
        PersistedSessions table = new PersistedSessions(own);
        List<StoredSession> valid = ValidSessions.among(table, realm, stored(table, own, realm, user));
        Set<String> ids = valid.stream().map(StoredSession::sessionId).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return new CountedSessions(Map.of(), Map.of());
        }
        Map<String, List<EndedSession>> tombstones = new EndedSessions(own)
                .find(realm.getId(), ids).stream().collect(Collectors.groupingBy(EndedSession::sessionId));
        Map<String, EndedSession> comeBack = new LinkedHashMap<>();
        Map<String, List<StoredSession>> parts = new LinkedHashMap<>();
        for (StoredSession one : valid) {
            Optional<EndedSession> tombstone = tombstones.getOrDefault(one.sessionId(), List.of()).stream()
                    .filter(ended -> ended.covers(one.startedAt(), one.offline()))
                    .findFirst();
            if (tombstone.isPresent()) {
                comeBack.put(one.sessionId(), tombstone.get());
            } else {
                parts.computeIfAbsent(one.sessionId(), id -> new ArrayList<>()).add(one);
            }
        }
        return new CountedSessions(counted(own, realm, parts), comeBack);
    }

    Collection<Counted> counted() {
        return living.values().stream().map(Living::counted).toList();
    }

    /** Those of the ids that are among them. */
    List<LivingSession> sessions(Stream<String> ids) {
        return ids.distinct()
                .map(living::get)
                .filter(Objects::nonNull)
                .map(Living::session)
                .toList();
    }

    private static Map<String, Living> counted(
            KeycloakSession own, RealmModel realm, Map<String, List<StoredSession>> parts) {
        Map<String, Living> living = new LinkedHashMap<>();
        if (parts.isEmpty()) {
            return living;
        }
        Map<String, SessionActivity> reported = reported(own, realm, parts.keySet());
        Map<String, Verdict> verdicts = new IdleJudge(own, realm).of(reported);
        Map<String, Long> registeredAt = new LivingSessions(own).registeredAt(realm.getId(), parts.keySet());
        parts.forEach((id, all) -> {
            List<StoredSession> left = left(all, verdicts.get(id));
            if (!left.isEmpty()) {
                living.put(id, living(realm, left, registeredAt.getOrDefault(id, Long.MAX_VALUE), reported));
            }
        });
        return living;
    }

    private static Map<String, SessionActivity> reported(KeycloakSession own, RealmModel realm, Set<String> ids) {
        Map<String, SessionActivity> reported = new LinkedHashMap<>();
        ids.forEach(id -> reported.put(id, SessionActivity.NONE));
        reported.putAll(new Activities(own).of(realm.getId(), ids));
        return SessionEventListenerFactory.activity(own).with(realm.getId(), ids, reported);
    }

    /** What is due, and not ended yet, is refused already. */
    private static List<StoredSession> left(List<StoredSession> parts, @Nullable Verdict verdict) {
        if (verdict == null || verdict.end() == null) {
            return parts;
        }
        return verdict.end() == End.ALL
                ? List.of()
                : parts.stream().filter(StoredSession::offline).toList();
    }

    private static Living living(
            RealmModel realm, List<StoredSession> parts, long registeredAt, Map<String, SessionActivity> reported) {
        StoredSession main =
                parts.stream().min(Comparator.comparing(StoredSession::offline)).orElseThrow();
        long lastActiveAt = parts.stream()
                .map(one -> SessionSummaries.Activity.of(one.sessionId(), one.lastActiveAt(), reported))
                .mapToLong(SessionSummaries.Activity::lastActiveAt)
                .max()
                .orElseThrow();
        return new Living(
                new Counted(main.sessionId(), main.startedAt(), registeredAt, lastActiveAt, main.offline()),
                new LivingSession(
                        realm.getId(),
                        main.sessionId(),
                        main.userId(),
                        Instant.ofEpochSecond(main.startedAt()).toEpochMilli()));
    }

    /** Where Keycloak keeps online sessions in its caches only, from there. */
    private static List<StoredSession> stored(
            PersistedSessions table, KeycloakSession own, RealmModel realm, UserModel user) {
        List<StoredSession> persisted = table.ofUsers(realm.getId(), List.of(user.getId()));
        return SessionCaches.allArePersisted()
                ? persisted
                : Stream.concat(
                                own.sessions().getUserSessionsStream(realm, user).toList().stream()
                                        .map(CountedSessions::cached),
                                persisted.stream().filter(StoredSession::offline))
                        .toList();
    }

    private static StoredSession cached(UserSessionModel online) {
        return new StoredSession(
                online.getUser().getId(),
                online.getId(),
                false,
                online.isRememberMe(),
                online.getStarted(),
                online.getLastSessionRefresh(),
                online.getNote(Details.IDENTITY_PROVIDER));
    }
}
