package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.clinic.LongIdlePolicy.Idle;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** More than an hour takes a reason. */
class LongIdlePolicyTest {

    @Property
    void anHourTakesNoReasonAndKeepsNone(
            @ForAll("idles") Idle now,
            @ForAll @IntRange(min = 1, max = 60) int minutes,
            @ForAll boolean own,
            @ForAll("reasons") @Nullable String reason) {
        assertThat(LongIdlePolicy.lacksReason(now, minutes, own, reason)).isFalse();
        assertThat(LongIdlePolicy.then(now, minutes, own, reason)).isEqualTo(new Idle(minutes, own, ""));
    }

    @Property
    void whatIsTheRealmsHasItsReasonThere(
            @ForAll("idles") Idle now,
            @ForAll @IntRange(min = 1, max = 240) int minutes,
            @ForAll("reasons") @Nullable String reason) {
        assertThat(LongIdlePolicy.lacksReason(now, minutes, false, reason)).isFalse();
        assertThat(LongIdlePolicy.then(now, minutes, false, reason).reason()).isEmpty();
    }

    @Property
    void whateverIsAllowedHasAReasonThatWasGivenForIt(
            @ForAll("idles") Idle now,
            @ForAll @IntRange(min = 61, max = 240) int minutes,
            @ForAll("reasons") @Nullable String reason) {
        boolean changed = minutes != now.minutes() || !now.own();
        boolean allowed = !LongIdlePolicy.lacksReason(now, minutes, true, reason);
        var then = LongIdlePolicy.then(now, minutes, true, reason);

        if (changed) {
            assertThat(allowed).isEqualTo(reason != null && !reason.isEmpty());
        }
        if (allowed && changed) {
            assertThat(then.reason()).isEqualTo(reason).isNotEmpty();
        }
        if (allowed && !now.reason().isEmpty()) {
            assertThat(then.reason()).as("is never lost").isNotEmpty();
        }
        if (!changed && reason == null) {
            assertThat(allowed).isTrue();
            assertThat(then).isEqualTo(now);
        }
    }

    @Test
    void atTheEdge() {
        var hour = new Idle(60, true, "");
        var longer = new Idle(61, true, "night shift");

        assertThat(LongIdlePolicy.lacksReason(hour, 61, true, null)).isTrue();
        assertThat(LongIdlePolicy.lacksReason(hour, 61, true, "")).isTrue();
        assertThat(LongIdlePolicy.lacksReason(hour, 61, true, "night shift")).isFalse();
        assertThat(LongIdlePolicy.lacksReason(longer, 62, true, null))
                .as("an old reason")
                .isTrue();
        assertThat(LongIdlePolicy.lacksReason(longer, 61, true, ""))
                .as("taken away")
                .isTrue();
        assertThat(LongIdlePolicy.then(longer, 60, true, "night shift")).isEqualTo(hour);
        // As it stood before anybody asked for reasons.
        assertThat(LongIdlePolicy.lacksReason(new Idle(240, true, ""), 240, true, ""))
                .isFalse();
    }

    @Test
    void theMessageNamesTheRule() {
        var problem = new SettingProblem(SettingKey.IDLE_TIMEOUT_REASON, SettingProblem.Kind.REASON_MISSING, null);

        assertThat(problem.field()).isEqualTo("idleTimeoutReason");
        assertThat(problem.message()).contains("NIST SP 800-63B-4", "one hour", "AAL2", "60 minutes");
    }

    @Provide
    Arbitrary<Idle> idles() {
        return Arbitraries.integers()
                .between(1, 240)
                .flatMap(minutes -> Arbitraries.of(true, false)
                        .flatMap(own -> Arbitraries.of("", "night shift")
                                .map(reason -> new Idle(minutes, own, own && minutes > 60 ? reason : ""))));
    }

    @Provide
    Arbitrary<@Nullable String> reasons() {
        return Arbitraries.of("", "theatre", "night shift").injectNull(0.3);
    }
}
