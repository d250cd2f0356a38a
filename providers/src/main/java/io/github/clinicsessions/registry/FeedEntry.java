package io.github.clinicsessions.registry;

/**
 * A session that has ended, as APIs are told.
 *
 * @param seq its place among those of the realm: 1, 2, … in the order in which they became visible, without a later one
 *     ever appearing before
 * @param endedAt milliseconds since the epoch; tokens of the session that were issued until then are of no use any more
 */
public record FeedEntry(long seq, String sessionId, String userId, long endedAt) {}
