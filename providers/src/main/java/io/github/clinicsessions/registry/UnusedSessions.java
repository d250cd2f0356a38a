package io.github.clinicsessions.registry;

/**
 * Sessions of one kind that began within a span and were last used within another. All times are seconds since the epoch.
 *
 * @param startedUntil the last second of the span
 * @param usedUntil the last second of the span
 */
public record UnusedSessions(Kind kind, int startedAfter, int startedUntil, int usedAfter, int usedUntil) {

    /** Keycloak has one idle time-out for each. */
    public enum Kind {
        /** Online. */
        ONLINE,
        /** Online, of somebody who wanted to be remembered. */
        REMEMBERED,
        OFFLINE
    }
}
