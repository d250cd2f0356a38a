package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.registry.SessionActivity;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.common.util.Time;

/**
 * What this node has heard of humans and not stored yet, for each session the newest; thread-safe. Nobody waits here for a
 * database: {@link ActivityWriter} empties it.
 */
final class ActivityBuffer {

    /** Sessions, each some 300 bytes. At 500 reports a second it would take a database that is down for 100 seconds to fill it. */
    static final int CAPACITY = 50_000;

    private final int capacity;
    private final ConcurrentHashMap<SessionId, Waiting> waiting = new ConcurrentHashMap<>();

    /** @param capacity how many sessions it takes, about: threads that add at the same moment may each add one more */
    ActivityBuffer(int capacity) {
        this.capacity = capacity;
    }

    /** A session. */
    record SessionId(String realmId, String sessionId) {}

    /**
     * What is to be stored of a session.
     *
     * @param since milliseconds since the epoch: when the first of it came
     */
    record Waiting(SessionActivity activity, long since) {

        private Waiting and(Waiting newer) {
            return new Waiting(activity.and(newer.activity), since);
        }
    }

    /** Returns false if it is full and has not taken the beat. */
    boolean add(Beat beat) {
        SessionId key = new SessionId(beat.realmId(), beat.sessionId());
        if (waiting.mappingCount() >= capacity && !waiting.containsKey(key)) {
            return false;
        }
        waiting.merge(key, new Waiting(beat.activity(), Time.currentTimeMillis()), Waiting::and);
        return true;
    }

    /** What is known of these sessions, with what has been stored of them. */
    Map<String, SessionActivity> with(
            String realmId, Collection<String> sessionIds, Map<String, SessionActivity> stored) {
        Map<String, SessionActivity> all = new HashMap<>(stored);
        for (String sessionId : sessionIds) {
            Waiting heard = waiting.get(new SessionId(realmId, sessionId));
            if (heard != null) {
                all.merge(sessionId, heard.activity, SessionActivity::and);
            }
        }
        return all;
    }

    /** All that waits at this moment. */
    List<Map.Entry<SessionId, Waiting>> waiting() {
        return waiting.entrySet().stream()
                .map(one -> Map.entry(one.getKey(), one.getValue()))
                .toList();
    }

    /** Need not wait any longer, unless something was added to it. */
    void remove(SessionId key, Waiting stored) {
        waiting.remove(key, stored);
    }

    /** The same of a beat alone. */
    void remove(Beat stored) {
        waiting.computeIfPresent(
                new SessionId(stored.realmId(), stored.sessionId()),
                (key, one) -> one.activity.equals(stored.activity()) ? null : one);
    }
}
