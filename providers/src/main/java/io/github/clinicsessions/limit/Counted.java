package io.github.clinicsessions.limit;

import java.util.Comparator;

/**
 * A living session of a person, as far as a limit needs to know it.
 *
 * @param startedAt seconds since the epoch
 * @param registeredAt milliseconds since the epoch: when it was let in, which tells sessions of one second apart; {@link
 *     Long#MAX_VALUE} if it has not been yet
 * @param lastActiveAt milliseconds since the epoch
 * @param offlineOnly whether nothing but offline access is left of it
 */
public record Counted(String id, long startedAt, long registeredAt, long lastActiveAt, boolean offlineOnly) {

    static final Comparator<Counted> OLDEST_FIRST = Comparator.comparingLong(Counted::startedAt)
            .thenComparingLong(Counted::registeredAt)
            .thenComparing(Counted::id);

    static final Comparator<Counted> LEAST_RECENT_FIRST =
            Comparator.comparingLong(Counted::lastActiveAt).thenComparing(OLDEST_FIRST);
}
