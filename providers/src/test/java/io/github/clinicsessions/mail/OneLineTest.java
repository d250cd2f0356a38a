package io.github.clinicsessions.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneLineTest {

    @ParameterizedTest
    @CsvSource({
        "'Front desk 2', 'Front desk 2'",
        "'a\r\nBcc: all@clinic.example', 'a Bcc: all@clinic.example'",
        "'  a \t b\u2028c\u0000d ', 'a b c d'",
        "'\u202Eevil\u202C \u2067x\u2069', 'evil x'",
        "'Müller 👩🏽\u200D⚕️', 'Müller 👩🏽\u200D⚕️'",
    })
    void isOneLineThatTurnsNothingAround(String typed, String line) {
        assertThat(OneLine.of(typed)).isEqualTo(line);
    }

    @Test
    void isNotLongerThanALine() {
        assertThat(OneLine.of("x".repeat(10_000))).hasSize(OneLine.LONGEST + 1).endsWith("…");
    }
}
