package io.github.clinicsessions.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendedOptionsTest {

    @Test
    void nothingIsAdvisedWhenAllIsAsRecommended() {
        var options = options(false, 2_000, 1_000);

        assertThat(options.advice()).isEmpty();
        assertThat(options.shown().values()).noneMatch(value -> value.contains("recommended:"));
        assertThat(options.shown()).containsEntry("use-caches (user sessions)", "false, as recommended");
    }

    @Test
    void keycloaksDefaultsAreAdvisedAgainstWithTheVeryOptions() {
        var options = options(true, 5_000, -1);

        assertThat(options.advice())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("set --spi-user-sessions--infinispan--use-caches=false "),
                        one -> assertThat(one)
                                .startsWith(
                                        "set --spi-connections-http-client--default--socket-timeout-millis=2000 (it is 5000 ms"),
                        one -> assertThat(one)
                                .startsWith(
                                        "set --spi-connections-http-client--default--establish-connection-timeout-millis=1000 (it is no limit"));
        assertThat(options.shown())
                .containsEntry("use-caches (user sessions)", "true; recommended: false")
                .containsEntry("socket-timeout-millis (HTTP client)", "5000 ms; recommended: 2000 ms")
                .containsEntry("establish-connection-timeout-millis (HTTP client)", "no limit; recommended: 1000 ms");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "500, true", "2000, true", "2001, false", "0, false", "-1, false"})
    void aShorterTimeoutIsGoodAndNoLimitIsNot(long socketTimeout, boolean good) {
        assertThat(options(false, socketTimeout, 1_000).advice().isEmpty()).isEqualTo(good);
    }

    @Test
    void whatTheServerDoesNotSayIsNotAdvisedAgainst() {
        var options = options(null, 2_000, 1_000);

        assertThat(options.advice()).isEmpty();
        assertThat(options.shown()).containsEntry("use-caches (user sessions)", "not known");
    }

    @Test
    void realmsAreNamedInTheLogAndOnlyCountedInTheServerInfo() {
        var realms = List.of("a-realm", "b-realm", "c-realm", "d-realm", "e-realm", "f-realm", "g-realm");
        var options = new RecommendedOptions(false, 2_000, 1_000, 9, realms);

        assertThat(options.advice())
                .singleElement()
                .asString()
                .endsWith("a-realm, b-realm, c-realm, d-realm, e-realm and 2 more");
        assertThat(options.shown())
                .containsEntry(
                        "access tokens",
                        "at start: 9 realm(s) switched on, in 7 of them tokens may live longer than 120 s");
        assertThat(options.shown().values()).noneMatch(value -> value.contains("-realm"));
    }

    @ParameterizedTest
    @CsvSource({"60, false", "120, false", "121, true", "-1, true", "' 900 ', true", "'', false", "soon, false"})
    void longIsWhatIsAboveTheBoundAndAsLongAsTheSession(String seconds, boolean isLong) {
        assertThat(LongLifespans.isLong(seconds)).isEqualTo(isLong);
    }

    private static RecommendedOptions options(@Nullable Boolean useCaches, long socketTimeout, long connectTimeout) {
        return new RecommendedOptions(useCaches, socketTimeout, connectTimeout, 1, List.of());
    }
}
