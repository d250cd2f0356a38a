package io.github.clinicsessions.registry;

import java.util.List;

/**
 * Part of the feed.
 *
 * @param cursor where to read on
 * @param entries in their order; empty when there is nothing new
 */
public record FeedPage(FeedCursor cursor, List<FeedEntry> entries) {}
