package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.registry.LivingSession;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private static final long HOUR = 3_600_000;
    private static final long START = 1_700_000_000_000L;

    @Test
    void aLongestLifeThatHasJustPassedIsTheCause() {
        assertThat(Expiry.causeOf(START, START + 10 * HOUR, 36_000, 0, 0)).isEqualTo(EndCause.MAX_LIFESPAN);
        assertThat(Expiry.causeOf(START, START + 10 * HOUR + 360_000, 36_000, 0, 0))
                .isEqualTo(EndCause.MAX_LIFESPAN);
    }

    @Test
    void beforeItAndLongAfterItNobodyWasThere() {
        assertThat(Expiry.causeOf(START, START + 10 * HOUR - 1, 36_000, 0, 0)).isEqualTo(EndCause.IDLE_TIMEOUT);
        assertThat(Expiry.causeOf(START, START + 11 * HOUR, 36_000, 0, 0)).isEqualTo(EndCause.IDLE_TIMEOUT);
    }

    @Test
    void anotherKindsLongestLifeCountsToo() {
        assertThat(Expiry.causeOf(START, START + 720 * HOUR, 36_000, 0, 2_592_000))
                .isEqualTo(EndCause.MAX_LIFESPAN);
    }

    @Test
    void withoutAStartOrALongestLifeItIsIdle() {
        assertThat(Expiry.causeOf(LivingSession.UNKNOWN_START, START, 36_000)).isEqualTo(EndCause.IDLE_TIMEOUT);
        assertThat(Expiry.causeOf(START, START + HOUR, 0, -1)).isEqualTo(EndCause.IDLE_TIMEOUT);
    }
}
