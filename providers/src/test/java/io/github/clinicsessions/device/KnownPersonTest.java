package io.github.clinicsessions.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which sign-ins a report is about. */
class KnownPersonTest {

    private static final long REPORTED = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long NOW = REPORTED + 10 * MINUTE;

    private static final KnownPerson PERSON =
            KnownPerson.seenFirst(REPORTED - MINUTE).reported(Set.of(), null, REPORTED);

    @Test
    void aSignInThatWaitedMeanwhile() {
        assertThat(PERSON.isReportedDuring(REPORTED - MINUTE, REPORTED + MINUTE, NOW))
                .isTrue();
    }

    @Test
    void notOneThatWasCompleteBefore() {
        assertThat(PERSON.isReportedDuring(REPORTED - 2 * MINUTE, REPORTED - MINUTE, NOW))
                .as("it may be the one in which it was reported")
                .isFalse();
    }

    @Test
    void notOneThatWasBegunLater() {
        assertThat(PERSON.isReportedDuring(REPORTED + 1, REPORTED + MINUTE, NOW))
                .isFalse();
    }

    @Test
    void aClockThatWasFarAheadLocksNobodyOut() {
        assertThat(PERSON.isReportedDuring(REPORTED - MINUTE, REPORTED + MINUTE, REPORTED - 2 * MINUTE))
                .isFalse();
        assertThat(PERSON.isReportedAfter(REPORTED - 3 * MINUTE, REPORTED - 2 * MINUTE))
                .isFalse();
    }
}
