package io.github.clinicsessions.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTimesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T14:02:01Z");
    private final PageTimes times = new PageTimes(NOW, Locale.UK);

    @ParameterizedTest
    @CsvSource({
        "0, now, 0",
        "59, now, 0",
        "60, minutes, 1",
        "3599, minutes, 59",
        "3600, hours, 1",
        "86399, hours, 23",
        "86400, days, 1",
        "2592000, days, 30"
    })
    void saysHowLongAgo(long seconds, String unit, long count) {
        assertThat(times.ago(NOW.minusSeconds(seconds)))
                .containsEntry("unit", unit)
                .containsEntry("count", count);
    }

    @Test
    void namesTheZone() {
        assertThat(times.moment(NOW))
                .containsEntry("iso", "2026-11-23T14:02:01Z")
                .containsEntry("clock", "14:02")
                .containsEntry("date", times.today())
                .containsEntry("exact", "23 Nov 2026, 14:02 UTC");
    }

    @Property
    void isNeverNegative(@ForAll @IntRange(min = -3600, max = 100_000_000) int seconds) {
        // clocks of two nodes may differ: what lies a little ahead is "now"
        Object count = times.ago(NOW.minus(Duration.ofSeconds(seconds))).get("count");

        assertThat((Long) count).isGreaterThanOrEqualTo(0);
    }
}
