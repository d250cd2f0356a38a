package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
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

    @Test
    void takesTextsNullsAndRoles() {
        assertThat(SettingsRequest.parse("{\"idleTimeoutMinutes\":null,\"idleTimeoutReason\":\" a \","
                        + "\"roleIdleTimeoutMinutes\":{\"front-desk\":5},\"maxHours\":8}"))
                .isEqualTo(Map.of(
                        SettingKey.IDLE_TIMEOUT_MINUTES,
                        Inherited.INHERITED,
                        SettingKey.IDLE_TIMEOUT_REASON,
                        "a",
                        SettingKey.ROLE_IDLE_TIMEOUT_MINUTES,
                        Map.of("front-desk", 5),
                        SettingKey.MAX_HOURS,
                        8));
        assertThat(SettingsRequest.parse("{\"idleTimeoutReason\":null,\"roleIdleTimeoutMinutes\":null}"))
                .isEqualTo(Map.of(SettingKey.IDLE_TIMEOUT_REASON, "", SettingKey.ROLE_IDLE_TIMEOUT_MINUTES, Map.of()));
    }

    @Test
    void takesALimitAndItsEnd() {
        assertThat(SettingsRequest.parse("{\"maxSessions\":3,\"limitBehavior\":\"deny\"}"))
                .isEqualTo(Map.of(SettingKey.MAX_SESSIONS, 3, SettingKey.LIMIT_BEHAVIOR, "deny"));
        assertThat(SettingsRequest.parse("{\"maxSessions\":null,\"limitBehavior\":null}"))
                .isEqualTo(Map.of(
                        SettingKey.MAX_SESSIONS, Inherited.INHERITED, SettingKey.LIMIT_BEHAVIOR, Inherited.INHERITED));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SettingsRequest.parse("{\"maxSessions\":\"3\",\"limitBehavior\":3}"))
                .satisfies(e -> assertThat(e.problem().errors())
                        .extracting(Problem.FieldError::field, Problem.FieldError::message)
                        .containsExactly(
                                tuple("maxSessions", "must be a whole number from 1 to 100"),
                                tuple("limitBehavior", "must be one of choose, end-least-recent, deny")));
    }

    @Test
    void namesWhichRoleIsWrong() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SettingsRequest.parse("{\"idleTimeoutReason\":5,\"maxHours\":null,"
                        + "\"roleIdleTimeoutMinutes\":{\"a\":5,\"b\":\"5\",\"c\":null,\"d\":241,\"e\":{}}}"))
                .satisfies(e -> assertThat(e.problem().errors())
                        .extracting(Problem.FieldError::field)
                        .containsExactly(
                                "idleTimeoutReason",
                                "maxHours",
                                "roleIdleTimeoutMinutes.b",
                                "roleIdleTimeoutMinutes.c",
                                "roleIdleTimeoutMinutes.d",
                                "roleIdleTimeoutMinutes.e"));
    }

    @Property
    void garbageIsRefused(@ForAll String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SettingsRequest.parse("x" + body))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }
}
