package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticePausesTest {

    @Test
    void growAndEnd() {
        NoticePauses pauses = NoticePauses.parse(null);

        List<Duration> all = IntStream.rangeClosed(1, 100)
                .mapToObj(pauses::after)
                .flatMap(pause -> pause.stream())
                .toList();
        assertThat(all).hasSize(5).isSorted().doesNotHaveDuplicates();
        assertThat(all.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofHours(2));
    }

    @Test
    void areReadFromAnOption() {
        assertThat(NoticePauses.parse(" 1, 20 ").pauses())
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(20));
        assertThat(NoticePauses.parse("0,-7").pauses()).containsOnly(Duration.ofSeconds(1));
        assertThat(NoticePauses.parse("").pauses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1,", ",", "1;2", "99999999999999999999"})
    void areTheDefaultWhereTheOptionCannotBeRead(String text) {
        assertThat(NoticePauses.parse(text)).isEqualTo(NoticePauses.parse(NoticePauses.DEFAULT));
    }
}
