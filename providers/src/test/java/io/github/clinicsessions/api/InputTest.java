package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.clinicsessions.audit.EndCause;
import java.time.Instant;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {

    private final Input input = new Input();

    @Property
    void numbersWithinTheirBounds(@ForAll @IntRange(min = -10, max = 210) int number) {
        Input own = new Input();
        if (number >= 1 && number <= 100) {
            assertThat(own.number("max", Integer.toString(number), 1, 100)).isEqualTo(number);
            own.check();
        } else {
            own.number("max", Integer.toString(number), 1, 100);
            assertRefused(own, "max must be a whole number from 1 to 100");
        }
    }

    @Property
    void whateverElseIsRefusedByName(@ForAll String text) {
        Input own = new Input();
        own.number("max", "x" + text, 1, 100);
        assertRefused(own, "max must be a whole number from 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "+1", "-0", "1.0", "١", "99999999999", "9999999999", "4294967297"})
    void theseAreNoNumbers(String text) {
        input.number("first", text, 0, Integer.MAX_VALUE);
        assertRefused(input, "first must be a whole number from 0 to 2147483647");
    }

    @Test
    void times() {
        assertThat(input.time("from", "2026-01-31T12:00:00Z")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(input.time("from", "1970-01-01T00:00:00Z")).isEqualTo(Instant.EPOCH);
        assertThat(input.time("from", null)).isNull();
        assertThat(input.time("from", "")).isNull();
        assertThatCode(input::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31",
                "2026-02-30T12:00:00Z",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59Z",
                "1700000000000",
                "now",
                " "
            })
    void theseAreNoTimes(String text) {
        input.time("from", text);
        assertRefused(input, "from must be a time such as 2026-01-31T12:00:00Z, of the years 1970 to 9999");
    }

    @Test
    void names() {
        assertThat(input.constant("cause", "IDLE_TIMEOUT", EndCause.class)).isEqualTo(EndCause.IDLE_TIMEOUT);
        assertThat(input.constant("cause", "", EndCause.class)).isNull();
        assertThat(input.constant("cause", null, EndCause.class)).isNull();
        input.check();
        input.constant("cause", "idle_timeout", EndCause.class);
        assertRefused(input, "cause must be one of SIGNED_OUT, ENDED_BY_USER,");
    }

    @Test
    void everythingIsToldAtOnce() {
        input.number("first", "x", 0, 1);
        input.text("search", "xx", 1);
        input.flag("bom", "yes");
        assertRefused(
                input,
                "first must be a whole number from 0 to 1; search must not be longer than 1 characters; bom must be true or false");
    }

    private static void assertRefused(Input input, String detail) {
        Consumer<ProblemException> isBadRequest = e -> {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().detail()).startsWith(detail);
        };
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(input::check)
                .satisfies(isBadRequest);
    }
}
