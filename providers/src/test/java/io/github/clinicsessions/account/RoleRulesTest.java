package io.github.clinicsessions.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.account.RoleRules.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleRulesTest {

    @Test
    void takesWhatIsFilledInAndNotToBeRemoved() {
        RoleRules rules = RoleRules.of(List.of(
                row("front-desk", "5"),
                new RoleRow("nurse", "10", true),
                row("doctor", "240"),
                row("", ""),
                new RoleRow("", "", true)));

        assertThat(rules.minutes()).isEqualTo(Map.of("front-desk", 5, "doctor", 240));
        assertThat(rules.problems()).isEmpty();
    }

    @Test
    void saysAtEachRowWhatIsWrongWithIt() {
        RoleRules rules = RoleRules.of(List.of(
                row("", "5"),
                row("a", ""),
                row("b", "0"),
                row("c", "241"),
                row("d", "1.5"),
                row("e", "5"),
                row("e", "6"),
                new RoleRow("f", "x", true)));

        assertThat(rules.problems())
                .isEqualTo(Map.of(
                        0, Problem.NO_ROLE,
                        1, Problem.NO_MINUTES,
                        2, Problem.NO_MINUTES,
                        3, Problem.NO_MINUTES,
                        4, Problem.NO_MINUTES,
                        6, Problem.ROLE_TWICE));
        assertThat(rules.minutes()).isEqualTo(Map.of("e", 5));
    }

    @Test
    void whatWasRemovedCanBeSetAnewInTheSameForm() {
        assertThat(RoleRules.of(List.of(new RoleRow("a", "5", true), row("a", "7"))))
                .isEqualTo(new RoleRules(Map.of("a", 7), Map.of()));
    }

    @Test
    void rowsAreReadAsTheyAreSentAndNoFurtherThanTheyGo() {
        Map<String, String> form = new HashMap<>();
        List<RoleRow> rows = List.of(row("front-desk", "5"), new RoleRow("nurse", "10", true), row("", ""));
        for (int number = 0; number < rows.size(); number++) {
            form.putAll(rows.get(number).asSent(number));
        }
        form.put("role-4", "beyond a gap");
        form.put("roleMinutes-4", "1");

        assertThat(RoleRow.sent(form::get)).isEqualTo(rows);
        assertThat(RoleRow.sent(name -> "1")).hasSizeLessThan(1_000);
        assertThat(RoleRow.sent(name -> null)).isEmpty();
    }

    private static RoleRow row(String role, String minutes) {
        return new RoleRow(role, minutes, false);
    }
}
