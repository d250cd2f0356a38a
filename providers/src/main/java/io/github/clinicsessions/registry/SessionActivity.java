package io.github.clinicsessions.registry;

import java.util.HashSet;
import java.util.Set;

/**
 * What applications have reported about the human in a session.
 *
 * @param lastBeatAt milliseconds since the epoch of the last report; 0 for none
 * @param reportingClients Keycloak's ids of the clients that have reported in this session: their refreshes tell nothing any more
 */
public record SessionActivity(long lastBeatAt, Set<String> reportingClients) {

    /** Nobody has reported anything. */
    public static final SessionActivity NONE = new SessionActivity(0, Set.of());

    public SessionActivity {
        reportingClients = Set.copyOf(reportingClients);
    }

    /** What is known when this is known too. */
    public SessionActivity and(SessionActivity other) {
        Set<String> clients = new HashSet<>(reportingClients);
        clients.addAll(other.reportingClients);
        return new SessionActivity(Math.max(lastBeatAt, other.lastBeatAt), clients);
    }
}
