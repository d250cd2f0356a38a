package io.github.clinicsessions.limit;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which limit counts, and which sessions are too many. Pure. */
public final class LimitPolicy {

    private LimitPolicy() {}

    /**
     * The strictest of those that there are. If any of them counts offline access, so does the one that comes out: else a smaller
     * number would do away with a larger one for what it does not count.
     */
    public static Optional<SessionLimit> strictest(Stream<SessionLimit> limits) {
        List<SessionLimit> all = limits.toList();
        boolean countsOffline = all.stream().anyMatch(SessionLimit::countsOffline);
        return all.stream()
                .min(SessionLimit.STRICTEST_FIRST)
                .map(one -> new SessionLimit(one.max(), one.behavior(), one.kind(), one.name(), countsOffline));
    }

    /**
     * How many would have to end first, for one more to be within the limit.
     *
     * @param joined id of the session that the sign-in is going to join or to renew, which is there already; null if there is none
     */
    public static int tooManyForOneMore(Collection<Counted> living, SessionLimit limit, @Nullable String joined) {
        List<Counted> counting = counting(living, limit);
        boolean isThere = counting.stream().anyMatch(one -> one.id().equals(joined));
        return isThere ? 0 : Math.max(0, counting.size() + 1 - limit.max());
    }

    /**
     * What is to end of what lives, so that no more than allowed are left: those used least recently but for the newcomer; or else
     * the newest, of which the newcomer is the first, whenever its request began: it alone has not been answered yet. Never more than
     * that.
     *
     * @param newcomer id of the session that has just begun; of none if that is not known
     */
    public static List<Counted> surplus(Collection<Counted> living, SessionLimit limit, String newcomer) {
        List<Counted> counting = counting(living, limit);
        int tooMany = Math.max(0, counting.size() - limit.max());
        Comparator<Counted> isNewcomer = Comparator.comparing(one -> one.id().equals(newcomer));
        Comparator<Counted> order = limit.behavior() == LimitBehavior.END_LEAST_RECENT
                ? isNewcomer.thenComparing(Counted.LEAST_RECENT_FIRST)
                : isNewcomer.reversed().thenComparing(Counted.OLDEST_FIRST.reversed());
        return counting.stream().sorted(order).limit(tooMany).toList();
    }

    private static List<Counted> counting(Collection<Counted> living, SessionLimit limit) {
        return living.stream()
                .filter(one -> limit.countsOffline() || !one.offlineOnly())
                .toList();
    }
}
