package io.github.clinicsessions.registry;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a session began, as far as it has been judged.
 *
 * @param deviceId id of the person's known device; null where none is recognised
 * @param country ISO 3166-1 alpha-2 code; null where it is not known
 */
public record SessionArrival(
        @Nullable String deviceId, @Nullable String country, Set<SessionMark> marks) {

    /** Nothing is known of it. */
    public static final SessionArrival UNKNOWN = new SessionArrival(null, null, Set.of());

    public SessionArrival {
        marks = Set.copyOf(marks);
    }
}
