package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.clinicsessions.registry.FeedCursor;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndedQueryTest {

    @Test
    void withoutParametersEverythingAtOnce() {
        assertThat(EndedQuery.parse(null, null)).isEqualTo(new EndedQuery(null, Duration.ZERO));
    }

    @Test
    void takesACursor() {
        assertThat(EndedQuery.parse("0123456789abcdef-7", "3"))
                .isEqualTo(new EndedQuery(new FeedCursor("0123456789abcdef", 7), Duration.ofSeconds(3)));
    }

    @Property
    void takesEachWaitInBounds(@ForAll @IntRange(min = 0, max = EndedQuery.LONGEST_WAIT) int seconds) {
        assertThat(EndedQuery.parse(null, Integer.toString(seconds)).patience()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "26", "99", "100", "-1", "+1", "1.0", " 1", "x", "٣", "999999999999999999999"})
    void namesTheFieldAndItsBound(String wait) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> EndedQuery.parse(null, wait))
                .satisfies(refused -> assertThat(refused.problem().errors())
                        .containsExactly(
                                new Problem.FieldError("wait", "must be a whole number of seconds from 0 to 25")));
    }

    @Test
    void saysWhatToDoWithoutAGoodCursor() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> EndedQuery.parse("7", null))
                .satisfies(refused -> {
                    assertThat(refused.problem().status()).isEqualTo(400);
                    assertThat(refused.problem().errors().get(0).field()).isEqualTo("since");
                    assertThat(refused.problem().errors().get(0).message()).contains("begin again without it");
                });
    }
}
