package io.github.clinicsessions.limit;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions a person may have at a time.
 *
 * @param max {@value #LEAST} to {@value #MOST}
 * @param kind who says so
 * @param name of the role or of the organization (its alias); null for the others
 * @param countsOffline whether a session that has offline access only counts too
 */
public record SessionLimit(
        int max,
        LimitBehavior behavior,
        Kind kind,
        @Nullable String name,
        boolean countsOffline) {

    public static final int LEAST = 1;
    public static final int MOST = 100;

    /** Of several the smallest number counts; of equal ones what is hardest to get past. */
    public static final Comparator<SessionLimit> STRICTEST_FIRST = Comparator.comparingInt(SessionLimit::max)
            .thenComparing(SessionLimit::behavior)
            .thenComparing(one -> !one.countsOffline)
            .thenComparing(SessionLimit::kind)
            .thenComparing(one -> one.name == null ? "" : one.name);

    /** Who says so. */
    public enum Kind {
        /** The authenticator, for everybody who signs in by its flow. */
        FLOW,
        /** The authenticator, for people of a role. */
        ROLE,
        /** The clinic's setting. */
        CLINIC,
        /** The realm's setting. */
        REALM
    }

    public SessionLimit {
        if (max < LEAST || max > MOST) {
            throw new IllegalArgumentException("max: " + max + " is not between " + LEAST + " and " + MOST);
        }
    }
}
