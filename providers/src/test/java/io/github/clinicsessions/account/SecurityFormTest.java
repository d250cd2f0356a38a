package io.github.clinicsessions.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.clinic.SettingProblem;
import io.github.clinicsessions.clinic.SettingProblem.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityFormTest {

    private static final Map<String, String> SENT = Map.of(
            "idleTimeoutMinutes", "15",
            "idleTimeoutReason", " Night shift ",
            "optOutAllowed", "false",
            "maxHours", "24",
            "role-0", "front-desk",
            "roleMinutes-0", "5",
            "role-1", "",
            "roleMinutes-1", "");

    @Test
    void takesWhatMayBeChangedAndNothingElse() {
        SecurityForm form = SecurityForm.of(SENT::get, SettingKey::isOfClinic);

        assertThat(form.unreadable(key -> false).isEmpty()).isTrue();
        assertThat(form.values(key -> false))
                .isEqualTo(Map.of(
                        SettingKey.IDLE_TIMEOUT_MINUTES,
                        15,
                        SettingKey.IDLE_TIMEOUT_REASON,
                        "Night shift",
                        SettingKey.OPT_OUT_ALLOWED,
                        false,
                        SettingKey.ROLE_IDLE_TIMEOUT_MINUTES,
                        Map.of("front-desk", 5)));
        assertThat(SecurityForm.of(SENT::get, key -> false).isEmpty()).isTrue();
    }

    @Test
    void comesBackFromADraftAsItWas() {
        Map<String, String> sent = new HashMap<>(SENT);
        sent.put("idleTimeoutMinutes", "x");
        sent.put("roleRemove-0", "true");
        SecurityForm form = SecurityForm.of(sent::get, SettingKey::isOfClinic);

        assertThat(SecurityForm.of(form.asSent()::get, SettingKey::isOfClinic)).isEqualTo(form);
    }

    @Test
    void anEmptyTimeoutGivesTheClinicsOwnBackWhereItHasOne() {
        SecurityForm form = SecurityForm.of(Map.of("idleTimeoutMinutes", " ")::get, SettingKey::isOfClinic);

        assertThat(form.values(SettingKey::isInheritable))
                .isEqualTo(Map.of(SettingKey.IDLE_TIMEOUT_MINUTES, Inherited.INHERITED));
        assertThat(form.unreadable(SettingKey::isInheritable).isEmpty()).isTrue();
        assertThat(form.values(key -> false)).isEmpty();
        assertThat(form.unreadable(key -> false).texts())
                .isEqualTo(Map.of(SettingKey.IDLE_TIMEOUT_MINUTES, Kind.BOUND));
    }

    @Test
    void noNumberOfSessionsIsNoLimit() {
        Map<String, String> sent = Map.of("maxSessions", "", "limitBehavior", "sometimes");
        SecurityForm form = SecurityForm.of(sent::get, SettingKey::isOfClinic);

        assertThat(form.values(key -> key == SettingKey.MAX_SESSIONS))
                .isEqualTo(Map.of(SettingKey.MAX_SESSIONS, Inherited.INHERITED));
        assertThat(form.unreadable(key -> key == SettingKey.MAX_SESSIONS).texts())
                .isEqualTo(Map.of(SettingKey.LIMIT_BEHAVIOR, Kind.BOUND));
    }

    @Test
    void saysWhereWhatIsWrongStands() {
        SecurityForm form = SecurityForm.of(SENT::get, SettingKey::isOfClinic);

        SecurityForm.Problems problems = form.at(List.of(
                new SettingProblem(SettingKey.IDLE_TIMEOUT_REASON, Kind.REASON_MISSING, null),
                new SettingProblem(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES, Kind.UNKNOWN_ROLE, "front-desk")));

        assertThat(problems.texts()).isEqualTo(Map.of(SettingKey.IDLE_TIMEOUT_REASON, Kind.REASON_MISSING));
        assertThat(problems.roles()).isEqualTo(Map.of(0, RoleRules.Problem.UNKNOWN_ROLE));
    }

    @Test
    void moreRolesThanThereMayBeAreNoProblemOfARow() {
        Map<String, String> sent = new HashMap<>();
        for (int row = 0; row < 60; row++) {
            sent.put("role-" + row, "role " + row);
            sent.put("roleMinutes-" + row, "5");
        }
        SecurityForm form = SecurityForm.of(sent::get, SettingKey::isOfClinic);

        assertThat(form.values(key -> false)).isEmpty();
        assertThat(form.unreadable(key -> false))
                .isEqualTo(
                        new SecurityForm.Problems(Map.of(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES, Kind.BOUND), Map.of()));
    }

    @Test
    void whatIsTooLongIsKeptNoLongerThanItMustBeToBeWrong() {
        SecurityForm form =
                SecurityForm.of(Map.of("idleTimeoutReason", "x".repeat(100_000))::get, SettingKey::isOfClinic);

        assertThat(form.asSent().toString()).hasSizeLessThan(500);
        assertThat(form.unreadable(key -> false).texts()).isEqualTo(Map.of(SettingKey.IDLE_TIMEOUT_REASON, Kind.BOUND));
    }
}
