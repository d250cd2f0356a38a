package io.github.clinicsessions.registry;

/**
 * Sessions of one kind that began after a time and were last used within a span. All times are seconds since the epoch.
 *
 * @param usedUntil the last second of the span
 */
public record UnusedSessions(Kind kind, int startedAfter, int usedAfter, int usedUntil) {

    /** Keycloak has one idle time-out for each. */
    public enum Kind {
        /** Online. */
        ONLINE,
        /** Online, of somebody who wanted to be remembered. */
        REMEMBERED,
        OFFLINE
    }
}
