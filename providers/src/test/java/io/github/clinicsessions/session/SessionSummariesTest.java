package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.session.SessionSummaries.Activity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSummariesTest {

    @Test
    void onlineAndOfflineOfOneIdAreOne() {
        assertThat(SessionSummaries.of(List.of(new Activity("a", 100), new Activity("a", 300), new Activity("b", 200))))
                .isEqualTo(new SessionSummary(2, Instant.ofEpochSecond(300)));
    }

    @Test
    void withoutSessionsNothingIsKnown() {
        assertThat(SessionSummaries.of(List.of())).isEqualTo(SessionSummary.NONE);
        assertThat(SessionSummary.NONE.lastActiveAt()).isNull();
    }
}
