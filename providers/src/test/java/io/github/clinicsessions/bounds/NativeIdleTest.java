package io.github.clinicsessions.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Keycloak's own value has to be, and what the realm's own is remembered as. */
class NativeIdleTest {

    private static final int BOUND = 240 * 60;

    /** What a realm has stored. */
    private record Stored(OptionalInt minutes, int seconds) {

        /** As the keeper leaves it. */
        Stored kept(OptionalInt clinics) {
            var idle = NativeIdle.of(minutes, seconds, clinics);
            return idle.isRaised()
                    ? new Stored(idle.realmMinutes(), idle.longestSeconds())
                    : new Stored(minutes, Math.min(seconds, idle.longestSeconds()));
        }

        /** What people have whose clinic says nothing. */
        int own() {
            return Math.min(seconds, minutes.orElse(240) * 60);
        }
    }

    @Property
    void withoutAClinicsOwnItIsLoweredOnly(
            @ForAll @WithNull @IntRange(min = 1, max = 240) @Nullable Integer minutes,
            @ForAll @IntRange(min = 1, max = 40_000) int seconds) {
        var before = stored(minutes, seconds);

        assertThat(before.kept(OptionalInt.empty()))
                .isEqualTo(new Stored(before.minutes, Math.min(seconds, before.minutes.orElse(240) * 60)));
    }

    @Property
    void everyClinicHasRoomAndNobodyElseGainsAnything(
            @ForAll @WithNull @IntRange(min = 1, max = 240) @Nullable Integer minutes,
            @ForAll @IntRange(min = 1, max = 40_000) int seconds,
            @ForAll @IntRange(min = 1, max = 240) int clinics) {
        var before = stored(minutes, seconds);

        var kept = before.kept(OptionalInt.of(clinics));

        assertThat(kept.seconds).isBetween(clinics * 60, BOUND);
        assertThat(kept.seconds).isLessThanOrEqualTo(Math.max(clinics * 60, before.own()));
        assertThat(kept.own()).as("a minute that has begun").isBetween(before.own(), before.own() + 59);
        assertThat(kept.kept(OptionalInt.of(clinics)))
                .as("the second time nothing")
                .isEqualTo(kept);
    }

    @Property
    void whateverClinicsWantedTheRealmsOwnComesBack(
            @ForAll @WithNull @IntRange(min = 1, max = 240) @Nullable Integer minutes,
            @ForAll @IntRange(min = 1, max = 240) int nativeMinutes,
            @ForAll @Size(max = 6) List<@WithNull @IntRange(min = 1, max = 240) Integer> wishes) {
        var first = stored(minutes, nativeMinutes * 60);
        var now = first;
        for (Integer wish : wishes) {
            now = now.kept(wish == null ? OptionalInt.empty() : OptionalInt.of(wish));
            assertThat(now.own()).isEqualTo(first.own());
        }

        assertThat(now.kept(OptionalInt.empty()).seconds).isEqualTo(first.own());
    }

    @Property
    void anAdministratorsLowerValueIsTheRealmsOwnFromThenOn(
            @ForAll @IntRange(min = 1, max = 240) int own,
            @ForAll @IntRange(min = 1, max = 240) int clinics,
            @ForAll @IntRange(min = 1, max = 240) int lower) {
        var raised = stored(own, own * 60).kept(OptionalInt.of(clinics));

        var kept = new Stored(raised.minutes, lower * 60).kept(OptionalInt.of(clinics));

        assertThat(kept.own()).isEqualTo(Math.min(own, lower) * 60);
        assertThat(kept.seconds).isGreaterThanOrEqualTo(clinics * 60);
    }

    @Test
    void anExample() {
        var first = stored(null, 1_800);
        var raised = first.kept(OptionalInt.of(60));
        assertThat(raised).isEqualTo(stored(30, 3_600));
        assertThat(raised.kept(OptionalInt.of(45))).isEqualTo(stored(30, 2_700));
        assertThat(raised.kept(OptionalInt.of(20))).isEqualTo(stored(30, 1_800));
        assertThat(raised.kept(OptionalInt.empty())).isEqualTo(stored(30, 1_800));
        assertThat(stored(30, 600).kept(OptionalInt.of(60))).isEqualTo(stored(10, 3_600));
        assertThat(stored(30, 7_200).kept(OptionalInt.of(60))).isEqualTo(stored(30, 3_600));
        assertThat(stored(null, 1_830).kept(OptionalInt.of(31))).isEqualTo(stored(31, 1_860));
    }

    private static Stored stored(@Nullable Integer minutes, int seconds) {
        return new Stored(minutes == null ? OptionalInt.empty() : OptionalInt.of(minutes), seconds);
    }
}
