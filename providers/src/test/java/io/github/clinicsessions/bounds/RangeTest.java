package io.github.clinicsessions.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of bounds. */
class RangeTest {

    private static final Range TOKENS = Range.atMost(120).withEndless(-1);

    @ParameterizedTest
    @CsvSource({"121, 120", "600, 120", "' 600 ', 120", "-1, 120", "+900, 120", "2147483648, 120"})
    void whatIsHigherIsLowered(String text, long allowed) {
        assertThat(TOKENS.correctionOf(text)).hasValue(allowed);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "abc", "12.5", "0x200", "99999999999999999999", "1e9"})
    void whatIsNoNumberCountsAsAbsent(String text) {
        assertThat(TOKENS.correctionOf(text)).isEmpty();
        assertThat(Range.between(30, 120).correctionOf(text)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "abc", "31"})
    void whatMustNotBeLeftOpen(String text) {
        assertThat(Range.between(1, 30).whereAbsentIs(30).correctionOf(text)).hasValue(30);
        assertThat(Range.between(1, 30).whereAbsentIs(30).correctionOf("29")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "1", "60", "120"})
    void nothingNativeIsRaised(String text) {
        assertThat(TOKENS.correctionOf(text)).isEmpty();
    }

    /** What is not set is Keycloak's default, which may be too long or not. */
    @ParameterizedTest
    @CsvSource({"0, 300", "-1, 300", "-1800, 300", "301, 300", "1800, 300"})
    void whatIsUnsetCountsAsItsDefault(String text, long allowed) {
        assertThat(Range.atMost(300).whereUnsetIs(1800).correctionOf(text)).hasValue(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-2147483648", "1", "1800", "14400"})
    void aDefaultWithinBoundsMayStay(String text) {
        assertThat(Range.atMost(14_400).whereUnsetIs(1800).correctionOf(text)).isEmpty();
    }

    @Test
    void endlessIsLongerThanADefault() {
        assertThat(Range.atMost(14_400).whereUnsetIs(1800).withEndless(-1).correctionOf("-1"))
                .hasValue(14_400);
        assertThat(Range.atMost(14_400).withEndless(-1).whereUnsetIs(1800).correctionOf("-1"))
                .hasValue(14_400);
    }

    @Property
    void anythingIsAnything(@ForAll long value) {
        assertThat(Range.ANY.correctionOf(Long.toString(value))).isEmpty();
    }

    @Property
    void whatIsUnsetIsNeverMadeLonger(
            @ForAll @LongRange(min = 1, max = 100_000) long most,
            @ForAll @LongRange(min = 1, max = 100_000) long byDefault,
            @ForAll @LongRange(max = 100_000, min = -100_000) long value) {
        long before = value <= 0 ? byDefault : value;
        long after = Range.atMost(most)
                .whereUnsetIs(byDefault)
                .correctionOf(Long.toString(value))
                .orElse(before);

        assertThat(after).isEqualTo(Math.min(before, most));
    }

    @Test
    void leastIsNotAboveMost() {
        assertThatIllegalArgumentException().isThrownBy(() -> Range.between(2, 1));
    }

    @Property
    void theResultIsWithinBoundsAndStays(
            @ForAll @LongRange(min = -1000, max = 1000) long least,
            @ForAll @LongRange(min = 0, max = 5000) long width,
            @ForAll long value) {
        Range range = Range.between(least, least + width);
        long result = range.correctionOf(Long.toString(value)).orElse(value);

        assertThat(result).isBetween(least, least + width);
        assertThat(range.correctionOf(Long.toString(result))).isEmpty();
        assertThat(range.correctionOf(Long.toString(value)).isEmpty()).isEqualTo(result == value);
    }

    @Property
    void aCeilingNeverRaises(@ForAll long most, @ForAll long value) {
        assertThat(Range.atMost(most).correctionOf(Long.toString(value)).orElse(value))
                .isEqualTo(Math.min(most, value));
    }

    @Property
    void endlessIsTheMost(@ForAll @LongRange(min = 1, max = 100_000) long most) {
        assertThat(Range.atMost(most).withEndless(-1).correctionOf("-1")).isEqualTo(OptionalLong.of(most));
    }

    @Property
    void noTextFails(@ForAll String text) {
        assertThat(TOKENS.correctionOf(text).isPresent())
                .isEqualTo(Range.parse(text).stream().anyMatch(number -> number == -1 || number > 120));
    }
}
