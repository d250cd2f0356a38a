package io.github.clinicsessions.registry;

/**
 * A living session that may be idle too long, because it was at least so long ago that anybody looked.
 *
 * @param dueAt milliseconds since the epoch, as stored
 */
public record IdleCandidate(LivingSession session, long dueAt, SessionActivity activity) {}
