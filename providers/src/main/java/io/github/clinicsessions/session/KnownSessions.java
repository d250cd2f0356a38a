package io.github.clinicsessions.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sessions that this server has registered or seen registered, so that the tens of thousands of token refreshes of a day
 * cost nothing; the {@value #MOST} seen last. Thread-safe. Forgetting one costs a look at the registry, no more.
 */
final class KnownSessions {

    private static final int MOST = 50_000;

    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    /** Whether it was not known before. */
    boolean add(String sessionId) {
        return known.add(sessionId);
    }

    void forget(String sessionId) {
        known.remove(sessionId);
    }
}
