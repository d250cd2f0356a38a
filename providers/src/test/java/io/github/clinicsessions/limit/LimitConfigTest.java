package io.github.clinicsessions.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.limit.LimitConfig.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an authenticator's configuration says, whoever wrote it. */
class LimitConfigTest {

    private static final Set<String> ROLES = Set.of("nurse", "doctor", "clinic-app.desk");

    @Test
    void nothingIsNoNumberAndNoProblem() {
        LimitConfig nothing = new LimitConfig(OptionalInt.empty(), LimitBehavior.CHOOSE, true, Set.of(), Map.of());
        Map<String, String> blank = Map.of(
                LimitConfig.MAX_SESSIONS, " ",
                LimitConfig.BEHAVIOR, "",
                LimitConfig.COUNT_OFFLINE, "",
                LimitConfig.EXEMPT_ROLES, " ## ",
                LimitConfig.ROLE_MAX_SESSIONS, "");

        assertThat(LimitConfig.of(null)).isEqualTo(nothing);
        assertThat(LimitConfig.of(Map.of())).isEqualTo(nothing);
        assertThat(LimitConfig.of(blank)).isEqualTo(nothing);
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(blank)).isEmpty();
    }

    @Test
    void allThatCanBeSaidIsRead() {
        Map<String, String> config = Map.of(
                LimitConfig.MAX_SESSIONS, " 3 ",
                LimitConfig.BEHAVIOR, "end-least-recent",
                LimitConfig.COUNT_OFFLINE, "false",
                LimitConfig.EXEMPT_ROLES, "doctor##clinic-app.desk",
                LimitConfig.ROLE_MAX_SESSIONS,
                        "[{\"key\":\"nurse\",\"value\":\"2\"},{\"key\":\"nurse\",\"value\":\"1\"}]");

        assertThat(LimitConfig.of(config))
                .isEqualTo(new LimitConfig(
                        OptionalInt.of(3),
                        LimitBehavior.END_LEAST_RECENT,
                        false,
                        Set.of("doctor", "clinic-app.desk"),
                        Map.of("nurse", 1)));
        assertThat(problems(config)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "101, 100", "999999999999, 100"})
    void aNumberOutOfBoundsIsRefusedAndReadAsTheNearest(String text, int nearest) {
        Map<String, String> config = Map.of(LimitConfig.MAX_SESSIONS, text);

        assertThat(fields(config)).containsExactly(LimitConfig.MAX_SESSIONS);
        assertThat(problems(config).get(0).message()).contains("1 and 100");
        assertThat(LimitConfig.of(config).max()).hasValue(nearest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"three", "3.0", "1e1", "0x3", "３three", "99999999999999999999", "<script>", "3;drop", "\u0000"})
    void whatIsNoNumberIsRefusedAndReadAsNone(String text) {
        Map<String, String> config = Map.of(LimitConfig.MAX_SESSIONS, text);

        assertThat(fields(config)).containsExactly(LimitConfig.MAX_SESSIONS);
        assertThat(LimitConfig.of(config).max()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DENY", "Deny new session", "end_least_recent", "choose,deny", "<b>"})
    void anUnknownBehaviorIsRefusedAndReadAsChoose(String text) {
        Map<String, String> config = Map.of(LimitConfig.BEHAVIOR, text);

        assertThat(fields(config)).containsExactly(LimitConfig.BEHAVIOR);
        assertThat(LimitConfig.of(config).behavior()).isEqualTo(LimitBehavior.CHOOSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "0", "TRUE", "falsch"})
    void anUnknownFlagIsRefusedAndCountsOffline(String text) {
        Map<String, String> config = Map.of(LimitConfig.COUNT_OFFLINE, text);

        assertThat(fields(config)).containsExactly(LimitConfig.COUNT_OFFLINE);
        assertThat(LimitConfig.of(config).countsOffline()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nurse",
                "{",
                "{\"nurse\":2}",
                "[1]",
                "[null]",
                "[[]]",
                "[{\"key\":{},\"value\":\"2\"}]",
                "[{\"value\":\"2\"}]",
                "[{\"key\":\" \",\"value\":\"2\"}]",
                "[{\"key\":\"nurse\"}]",
                "[{\"key\":\"nurse\",\"value\":\"\"}]",
                "[{\"key\":\"nurse\",\"value\":\"two\"}]",
                "[{\"key\":\"nurse\",\"value\":null}]"
            })
    void aMapThatIsNoneIsRefusedAndGivesNobodyANumber(String text) {
        Map<String, String> config = Map.of(LimitConfig.ROLE_MAX_SESSIONS, text);

        assertThat(fields(config)).containsOnly(LimitConfig.ROLE_MAX_SESSIONS).isNotEmpty();
        assertThat(LimitConfig.of(config).roleMax()).isEmpty();
    }

    @Test
    void aRolesNumberOutOfBoundsIsRefusedByName() {
        Map<String, String> config = Map.of(LimitConfig.ROLE_MAX_SESSIONS, "[{\"key\":\"nurse\",\"value\":\"500\"}]");

        assertThat(problems(config))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("\"nurse\"", "\"500\"", "1 and 100"));
        assertThat(LimitConfig.of(config).roleMax()).isEqualTo(Map.of("nurse", 100));
    }

    @Test
    void rolesThatAreNotThereAreRefused() {
        Map<String, String> config = Map.of(
                LimitConfig.EXEMPT_ROLES, "doctor##ghost",
                LimitConfig.ROLE_MAX_SESSIONS, "[{\"key\":\"porter\",\"value\":\"2\"}]");

        assertThat(problems(config))
                .containsExactly(
                        new Problem(LimitConfig.EXEMPT_ROLES, "there is no role \"ghost\""),
                        new Problem(LimitConfig.ROLE_MAX_SESSIONS, "there is no role \"porter\""));
    }

    @Property
    void whateverIsWrittenIsReadAndAnsweredShortly(
            @ForAll String max,
            @ForAll String behavior,
            @ForAll String flag,
            @ForAll String roles,
            @ForAll String map) {
        Map<String, String> config = new HashMap<>();
        config.put(LimitConfig.MAX_SESSIONS, max);
        config.put(LimitConfig.BEHAVIOR, behavior);
        config.put(LimitConfig.COUNT_OFFLINE, flag);
        config.put(LimitConfig.EXEMPT_ROLES, roles);
        config.put(LimitConfig.ROLE_MAX_SESSIONS, map);

        LimitConfig read = LimitConfig.of(config);

        read.max().ifPresent(number -> assertThat(number).isBetween(SessionLimit.LEAST, SessionLimit.MOST));
        assertThat(read.roleMax().values()).allMatch(number -> number >= 1 && number <= 100);
        assertThat(problems(config)).allMatch(problem -> problem.message().length() < 300);
    }

    private static List<Problem> problems(Map<String, String> config) {
        return LimitConfig.problems(ROLES::contains, config);
    }

    private static List<String> fields(Map<String, String> config) {
        return problems(config).stream().map(Problem::field).toList();
    }
}
