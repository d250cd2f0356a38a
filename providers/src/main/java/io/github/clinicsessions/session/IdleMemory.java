package io.github.clinicsessions.session;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sessions of which this server knows for a moment that they are not idle too long, so that what is asked many times a second costs
 * nothing; those used last, {@value #MOST} at the most. A human only ever makes it later, so that what was found stays true until the
 * time that was found, unless a rule becomes stricter: hence each is looked at again after {@link #LOOK_AGAIN}. Thread-safe.
 */
final class IdleMemory {

    /** Of a stricter rule the gate knows after this at the latest. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final int MOST = 100_000;

    private final LongSupplier now;
    private final RecentlyUsed<String, Long> certainUntil = new RecentlyUsed<>(MOST);

    /** @param now milliseconds since the epoch */
    IdleMemory(LongSupplier now) {
        this.now = now;
    }

    /** Whether it is certain that the session is not over. */
    boolean lives(String realmId, String sessionId) {
        Long until = certainUntil.get(realmId + ' ' + sessionId);
        return until != null && now.getAsLong() < until;
    }

    /** @param dueAt milliseconds since the epoch: not over before that */
    void lives(String realmId, String sessionId, long dueAt) {
        certainUntil.put(realmId + ' ' + sessionId, Math.min(dueAt, now.getAsLong() + LOOK_AGAIN.toMillis()));
    }
}
