package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.clinicsessions.clinic.SettingKey;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SettingsRequestTest {

    @Test
    void takesWhatIsNamed() {
        assertThat(SettingsRequest.parse("{}")).isEmpty();
        assertThat(SettingsRequest.parse("{\"ledgerYears\":7,\"optOutAllowed\":false}"))
                .isEqualTo(Map.of(SettingKey.LEDGER_YEARS, 7, SettingKey.OPT_OUT_ALLOWED, false));
    }

    @Test
    void tellsEverythingThatIsWrong() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SettingsRequest.parse(
                        "{\"idleTimeoutMinutes\":241,\"ledgerYears\":7,\"colour\":\"red\",\"optOutAllowed\":\"true\"}"))
                .satisfies(e -> assertThat(e.problem().errors())
                        .extracting(Problem.FieldError::field, Problem.FieldError::message)
                        .containsExactly(
                                tuple("idleTimeoutMinutes", "must be a whole number from 1 to 240"),
                                tuple("colour", "is not known"),
                                tuple("optOutAllowed", "must be true or false")));
    }

    @Property
    void garbageIsRefused(@ForAll String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SettingsRequest.parse("x" + body))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }
}
