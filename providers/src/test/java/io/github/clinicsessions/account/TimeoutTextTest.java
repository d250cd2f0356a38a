package io.github.clinicsessions.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.clinic.TimeoutReason;
import io.github.clinicsessions.clinic.TimeoutReason.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeoutTextTest {

    @Test
    void wholeMinutesAreMinutesAndAllElseIsSeconds() {
        assertThat(TimeoutText.of(new TimeoutReason(Kind.ROLE, "front-desk", 900)))
                .isEqualTo(Map.of("kind", "ROLE", "name", "front-desk", "unit", "minutes", "count", 15));
        assertThat(TimeoutText.of(new TimeoutReason(Kind.BOUND, null, 14_400)))
                .isEqualTo(Map.of("kind", "BOUND", "unit", "minutes", "count", 240));
        assertThat(TimeoutText.of(new TimeoutReason(Kind.CLINIC, null, 3)))
                .isEqualTo(Map.of("kind", "CLINIC", "unit", "seconds", "count", 3));
        assertThat(TimeoutText.of(new TimeoutReason(Kind.REALM, null, 90)))
                .isEqualTo(Map.of("kind", "REALM", "unit", "seconds", "count", 90));
    }
}
