package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.session.SessionSummaries.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionSummariesTest {

    @Test
    void onlineAndOfflineOfOneIdAreOne() {
        assertThat(SessionSummaries.of(List.of(new Activity("a", 100), new Activity("a", 300), new Activity("b", 200))))
                .isEqualTo(new SessionSummary(2, Instant.ofEpochMilli(300)));
    }

    @Test
    void whatAnApplicationReportsIsActivityToo() {
        var reported = Map.of("a", new SessionActivity(90_500, Set.of()), "b", new SessionActivity(10_000, Set.of()));

        assertThat(Activity.of("a", 60, reported)).isEqualTo(new Activity("a", 90_500));
        assertThat(Activity.of("b", 60, reported)).isEqualTo(new Activity("b", 60_000));
        assertThat(Activity.of("c", 60, reported)).isEqualTo(new Activity("c", 60_000));
    }

    @Test
    void withoutSessionsNothingIsKnown() {
        assertThat(SessionSummaries.of(List.of())).isEqualTo(SessionSummary.NONE);
        assertThat(SessionSummary.NONE.lastActiveAt()).isNull();
    }
}
