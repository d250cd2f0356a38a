package io.github.clinicsessions.api;

import io.github.clinicsessions.registry.FeedEntry;
import io.github.clinicsessions.registry.FeedPage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Answer of {@code ended}.
 *
 * @param cursor for the next call
 */
record EndedRepresentation(String cursor, List<EndedSessionRepresentation> ended) {

    /** Always with milliseconds, so that texts compare as times do. */
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * One session.
     *
     * @param sid claim {@code sid} of its tokens
     * @param sub claim {@code sub} of its tokens: the user's id
     * @param endedAt ISO-8601 with milliseconds, UTC
     */
    record EndedSessionRepresentation(String sid, String sub, String endedAt) {

        static EndedSessionRepresentation of(FeedEntry entry) {
            return new EndedSessionRepresentation(
                    entry.sessionId(), entry.userId(), MILLIS.format(Instant.ofEpochMilli(entry.endedAt())));
        }
    }

    static EndedRepresentation of(FeedPage page) {
        return new EndedRepresentation(
                page.cursor().text(),
                page.entries().stream().map(EndedSessionRepresentation::of).toList());
    }
}
