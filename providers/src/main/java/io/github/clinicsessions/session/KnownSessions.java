package io.github.clinicsessions.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sessions that this server has registered or seen registered a moment ago, so that token refreshes cost nothing; those used
 * last, {@value #MOST} at the most. Thread-safe. Forgetting one costs a look at the registry, no more; each is looked at again
 * after {@value #KNOWN_MINUTES} minutes, so that one that was lost or has come back is noticed.
 */
final class KnownSessions {

    static final int KNOWN_MINUTES = 5;

    private static final int MOST = 200_000;
    private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(KNOWN_MINUTES);

    private final LongSupplier nanoTime;
    private final RecentlyUsed<String, Long> known = new RecentlyUsed<>(MOST);

    /** @param nanoTime as {@link System#nanoTime} */
    KnownSessions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it was not known, or not looked at for a while; it is known from now on. */
    synchronized boolean add(String sessionId) {
        long now = nanoTime.getAsLong();
        Long since = known.get(sessionId);
        if (since != null && now - since < KNOWN_NANOS) {
            return false;
        }
        known.put(sessionId, now);
        return true;
    }

    synchronized void forget(String sessionId) {
        known.remove(sessionId);
    }
}
