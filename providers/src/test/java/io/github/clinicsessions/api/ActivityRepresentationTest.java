package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clinicsessions.session.Idleness;
import io.github.clinicsessions.timeout.IdleRule;
import io.github.clinicsessions.timeout.IdleRule.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActivityRepresentationTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void isWhatTheScriptsReckonWith() {
        var idleness = new Idleness(
                NOW.minusMillis(600),
                NOW.plusMillis(1_799_400),
                NOW.plusMillis(60_000),
                new IdleRule(Kind.ROLE, "front-desk", 1_800));

        assertThat(new ObjectMapper()
                        .valueToTree(ActivityRepresentation.of(idleness, NOW))
                        .toString())
                .isEqualTo("{\"idleExpiresAt\":\"2026-01-31T12:29:59.400Z\",\"idleExpiresInMillis\":1799400,"
                        + "\"idleTimeoutSeconds\":1800,\"timeoutReason\":\"role front-desk\",\"reportSeconds\":60}");
    }

    @Test
    void aThirdOfAShortTimeOut() throws Exception {
        assertThat(reportSeconds(14_400)).isEqualTo("60");
        assertThat(reportSeconds(180)).isEqualTo("60");
        assertThat(reportSeconds(60)).isEqualTo("20");
        assertThat(reportSeconds(5)).isEqualTo("1");
        assertThat(reportSeconds(3)).isEqualTo("1");
        assertThat(reportSeconds(1)).startsWith("0.33");
    }

    private static String reportSeconds(int timeout) throws Exception {
        var idleness = new Idleness(
                NOW, NOW.plusSeconds(timeout), NOW.plusSeconds(timeout), new IdleRule(Kind.CLINIC, null, timeout));
        return new ObjectMapper()
                .writeValueAsString(ActivityRepresentation.of(idleness, NOW).reportSeconds());
    }
}
