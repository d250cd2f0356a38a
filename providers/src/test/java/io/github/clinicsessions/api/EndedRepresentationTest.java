package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clinicsessions.registry.FeedCursor;
import io.github.clinicsessions.registry.FeedEntry;
import io.github.clinicsessions.registry.FeedPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedRepresentationTest {

    @Test
    void timesAlwaysHaveMilliseconds() throws Exception {
        var page = new FeedPage(
                new FeedCursor("0123456789abcdef", 2),
                List.of(
                        new FeedEntry(1, "a", "u", 1_790_000_000_000L),
                        new FeedEntry(2, "b", "u", 1_790_000_000_120L)));

        assertThat(new ObjectMapper().writeValueAsString(EndedRepresentation.of(page)))
                .isEqualTo("{\"cursor\":\"0123456789abcdef-2\",\"ended\":["
                        + "{\"sid\":\"a\",\"sub\":\"u\",\"endedAt\":\"2026-09-21T14:13:20.000Z\"},"
                        + "{\"sid\":\"b\",\"sub\":\"u\",\"endedAt\":\"2026-09-21T14:13:20.120Z\"}]}");
    }
}
