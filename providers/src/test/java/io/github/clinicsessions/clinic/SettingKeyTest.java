package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.limit.LimitBehavior;
import io.github.clinicsessions.limit.SessionLimit;
import io.github.clinicsessions.platform.IdleSettings;
import io.github.clinicsessions.platform.RealmSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingKeyTest {

    @Property
    void aNumberIsTakenWithinItsBoundsOnly(@ForAll SettingKey key, @ForAll @IntRange(min = -500, max = 500) int sent) {
        boolean within = key.isNumber() && sent >= key.least() && sent <= key.most();

        assertThat(key.parse(sent).isPresent()).isEqualTo(within);
        assertThat(key.parse((long) sent)).isEqualTo(key.parse(sent));
        if (within) {
            assertThat(key.parse(sent)).contains(sent);
            assertThat(key.parse(" " + sent + "\t")).contains(sent);
        }
    }

    @Property
    void noLongWrapsAround(@ForAll SettingKey key, @ForAll long sent) {
        assertThat(key.parse(sent).isPresent()).isEqualTo(key.isNumber() && sent >= key.least() && sent <= key.most());
    }

    @Property
    void whateverTextGivesWhatTheKeyIsMadeOf(@ForAll SettingKey key, @ForAll String text) {
        key.parse(text).ifPresent(value -> {
            if (key.isNumber()) {
                assertThat((Integer) value).isBetween(key.least(), key.most());
            } else if (key.kind() instanceof SettingKind.Text) {
                assertThat((String) value).isEqualTo(text.strip()).hasSizeLessThanOrEqualTo(key.longest());
            } else {
                assertThat(value.toString()).isEqualTo(text.strip().toLowerCase(Locale.ROOT));
            }
        });
    }

    @Property
    void yesOrNoIsNoNumber(@ForAll SettingKey key, @ForAll boolean sent) {
        boolean flag = key.kind() instanceof SettingKind.Flag;
        assertThat(key.parse(sent).isPresent()).isEqualTo(flag);
        if (flag) {
            assertThat(key.parse(" " + sent)).contains(sent);
        }
    }

    @Test
    void nothingElseIsTaken() {
        for (SettingKey key : SettingKey.values()) {
            for (Object sent : List.of(30.0, 30.5f, List.of(30), 'x')) {
                assertThat(key.parse(sent)).as(key + " " + sent).isEmpty();
                assertThat(key.problems(sent)).singleElement().satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(key.json());
                    assertThat(problem.message()).isEqualTo(key.bound());
                });
            }
            assertThat(key.parse(null)).isEmpty();
            if (key.kind() instanceof SettingKind.Text) {
                continue;
            }
            for (String sent : List.of(
                    "", " ", "٣٠", "1e1", "30.0", "+30", "-30", "0x1e", "30 31", "yes", "1000000000000", "{}")) {
                assertThat(key.parse(sent)).as(key + " " + sent).isEmpty();
            }
        }
    }

    @Test
    void onlyWhatCanBeGoneMayBeTakenAway() {
        assertThat(Stream.of(SettingKey.values())
                        .filter(key -> key.parse(Inherited.INHERITED).isPresent()))
                .containsExactly(
                        SettingKey.IDLE_TIMEOUT_MINUTES,
                        SettingKey.IDLE_TIMEOUT_REASON,
                        SettingKey.ROLE_IDLE_TIMEOUT_MINUTES,
                        SettingKey.MAX_SESSIONS,
                        SettingKey.LIMIT_BEHAVIOR,
                        SettingKey.COUNTRIES);
        assertThat(SettingKey.IDLE_TIMEOUT_REASON.parse(Inherited.INHERITED)).contains("");
        assertThat(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES.parse(Inherited.INHERITED))
                .contains(Map.of());
    }

    @Test
    void theLimitOfSessionsHasABoundAndThreeWays() {
        assertThat(SettingKey.MAX_SESSIONS.bound()).isEqualTo("must be a whole number from 1 to 100");
        assertThat(SettingKey.MAX_SESSIONS.parse(100)).contains(100);
        assertThat(SettingKey.MAX_SESSIONS.parse(101)).isEmpty();
        assertThat(SettingKey.LIMIT_BEHAVIOR.bound()).isEqualTo("must be one of choose, end-least-recent, deny");
        assertThat(SettingKey.LIMIT_BEHAVIOR.parse(" deny ")).contains("deny");
        assertThat(SettingKey.LIMIT_BEHAVIOR.parse("Deny")).isEmpty();
        assertThat(SettingKey.LIMIT_BEHAVIOR.stored("deny")).isEqualTo(Map.of("clinicSessions.limitBehavior", "deny"));
        assertThat(SettingKey.MAX_SESSIONS.stored(Inherited.INHERITED)).isEmpty();
    }

    @Test
    void countriesAreCodesInTheirOrder() {
        var key = SettingKey.COUNTRIES;

        assertThat(key.parse(List.of("us", "DE ", "de"))).contains(List.of("DE", "US"));
        assertThat(key.parse(" us;de,\nat ")).contains(List.of("AT", "DE", "US"));
        assertThat(key.parse(List.of())).contains(Inherited.INHERITED);
        for (Object sent :
                List.of("ZZ", "EU", "Germany", "D E", "DE,<b>", ",", List.of(""), List.of("DE", 1), "\u0130T")) {
            assertThat(key.parse(sent)).as("%s", sent).isEmpty();
        }
        var all = List.of(Locale.getISOCountries());
        assertThat(key.parse(all.subList(0, 60))).isPresent();
        assertThat(key.parse(all.subList(0, 61))).isEmpty();
        assertThat(key.bound()).isEqualTo("must be codes of countries as ISO 3166-1 has them, such as DE, 60 at most");
    }

    /** An organization's attribute holds 255 characters. */
    @Test
    void countriesAreStoredInOneAttribute() {
        var key = SettingKey.COUNTRIES;
        var most = key.parse(List.of(Locale.getISOCountries()).subList(0, 60)).orElseThrow();

        assertThat(key.stored(List.of("AT", "DE"))).isEqualTo(Map.of("clinicSessions.countries", "AT,DE"));
        assertThat(key.stored(Inherited.INHERITED)).isEmpty();
        assertThat(key.stored(most).get("clinicSessions.countries")).hasSizeLessThan(255);
        assertThat(key.typed(List.of("AT", "DE"))).isEqualTo("AT, DE");
        assertThat(key.parse(key.typed(most))).contains(most);
        assertThat(key.toJson(List.of())).isEqualTo(List.of());
    }

    /** The authenticator's configuration has the same words and the same bounds as the settings. */
    @Test
    void theLimitIsOfOneKindWhoeverSaysIt() {
        assertThat(RealmSettings.LIMIT_BEHAVIORS)
                .containsExactlyInAnyOrderElementsOf(Stream.of(LimitBehavior.values())
                        .map(LimitBehavior::text)
                        .toList());
        assertThat(SettingKey.MAX_SESSIONS.least()).isEqualTo(SessionLimit.LEAST);
        assertThat(SettingKey.MAX_SESSIONS.most()).isEqualTo(SessionLimit.MOST);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 9, 10, 13, 0x7f, 0x85, 0x9f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xd800, 0xdfff})
    void aReasonIsOneLineOfCharacters(int character) {
        var reason = SettingKey.IDLE_TIMEOUT_REASON;

        assertThat(reason.parse("long " + new String(new int[] {character}, 0, 1) + " shifts"))
                .isEmpty();
        assertThat(reason.parse(" Nachtdienst, „Station 3“ – نوبة\u200cليل 🏥 "))
                .contains("Nachtdienst, „Station 3“ – نوبة\u200cليل 🏥");
        assertThat(reason.parse("x".repeat(250))).isPresent();
        assertThat(reason.parse("x".repeat(251))).isEmpty();
        assertThat(reason.parse(" \u2003 ")).contains("");
    }

    @Test
    void eachRoleThatIsWrongIsNamed() {
        var key = SettingKey.ROLE_IDLE_TIMEOUT_MINUTES;
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        sent.put("front-desk", 5L);
        sent.put("nurse", 0L);
        sent.put(" ", 5L);
        sent.put("doctor", null);
        sent.put("r".repeat(201), 5L);

        assertThat(key.parse(sent)).isEmpty();
        assertThat(key.problems(sent))
                .extracting(SettingProblem::field)
                .containsExactly(
                        "roleIdleTimeoutMinutes.nurse",
                        "roleIdleTimeoutMinutes. ",
                        "roleIdleTimeoutMinutes.doctor",
                        "roleIdleTimeoutMinutes." + "r".repeat(100));
        assertThat(key.problems(sent).get(0).message()).isEqualTo("must be a whole number from 1 to 240");
        assertThat(key.problems(sent).get(1).message()).isEqualTo("must be the name of a role, of 1 to 200 characters");
        assertThat(key.parse(Map.of("nurse", 20L, "front-desk", "5")))
                .contains(new TreeMap<>(Map.of("front-desk", 5, "nurse", 20)));
    }

    @Test
    void ofRolesThereAreFiftyAtTheMost() {
        var key = SettingKey.ROLE_IDLE_TIMEOUT_MINUTES;
        Map<String, Integer> sent = new TreeMap<>();
        for (int n = 0; n < 50; n++) {
            sent.put("role " + n, 1 + n);
        }
        assertThat(key.parse(sent)).contains(sent);

        sent.put("one more", 1);

        assertThat(key.parse(sent)).isEmpty();
        assertThat(key.problems(sent))
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("roleIdleTimeoutMinutes"));
    }

    @Property
    void whatIsStoredIsWhatItWas(
            @ForAll @Size(max = 50)
                    Map<@StringLength(min = 1, max = 200) String, @IntRange(min = 1, max = 240) Integer> roles) {
        var key = SettingKey.ROLE_IDLE_TIMEOUT_MINUTES;
        key.parse(roles).ifPresent(value -> {
            var stored = key.stored(value);
            assertThat(stored.keySet()).allMatch(key::isStoredAs);
            assertThat(IdleSettings.ofAttributes("test", stored).roleMinutes()).isEqualTo(value);
        });
        assertThat(key.isStoredAs(SettingKey.IDLE_TIMEOUT_MINUTES.attribute())).isFalse();
    }

    @Test
    void theTimeoutHasTheBoundsOfTheHelpPage() {
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.bound()).isEqualTo("must be a whole number from 1 to 240");
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(1)).contains(1);
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(240)).contains(240);
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(0)).isEmpty();
        assertThat(SettingKey.IDLE_TIMEOUT_MINUTES.parse(241)).isEmpty();
    }

    @Property
    void namesAreTakenAsTheyAre(@ForAll SettingKey key, @ForAll String other) {
        assertThat(SettingKey.named(key.json())).contains(key);
        assertThat(SettingKey.named(key.json() + "x")).isEmpty();
        assertThat(SettingKey.named(other).map(SettingKey::json).orElse(other)).isEqualTo(other);
    }
}
