package io.github.clinicsessions.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.bounds.NativeIdle.Stored;
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

    /** As the keeper leaves it. */
    private static Stored kept(Stored before, OptionalInt clinics) {
        var idle = NativeIdle.of(before, clinics);
        var seconds = before.nativeSeconds();
        return idle.isRaised()
                ? new Stored(idle.realmMinutes(), idle.remembered(), idle.longestSeconds())
                : new Stored(
                        idle.forgetsAttribute() ? OptionalInt.empty() : before.minutes(),
                        idle.remembered(),
                        Math.min(seconds, idle.longestSeconds()));
    }

    private static Stored kept(Stored before, int clinics) {
        return kept(before, OptionalInt.of(clinics));
    }

    /** What people have whose clinic says nothing. */
    private static int own(Stored stored) {
        return Math.min(stored.nativeSeconds(), stored.minutes().orElse(240) * 60);
    }

    @Property
    void withoutAClinicsOwnItIsLoweredOnly(
            @ForAll @WithNull @IntRange(min = 1, max = 240) @Nullable Integer minutes,
            @ForAll @IntRange(min = 1, max = 40_000) int seconds) {
        var before = stored(minutes, seconds);

        assertThat(kept(before, OptionalInt.empty())).isEqualTo(stored(minutes, own(before)));
    }

    @Property
    void everyClinicHasRoomAndNobodyElseGainsAnything(
            @ForAll @WithNull @IntRange(min = 1, max = 240) @Nullable Integer minutes,
            @ForAll @IntRange(min = 1, max = 40_000) int seconds,
            @ForAll @IntRange(min = 1, max = 240) int clinics) {
        var before = stored(minutes, seconds);

        var kept = kept(before, clinics);

        assertThat(kept.nativeSeconds()).isBetween(clinics * 60, BOUND);
        assertThat(kept.nativeSeconds()).isLessThanOrEqualTo(Math.max(clinics * 60, own(before)));
        assertThat(own(kept))
                .as("but for what is less than a minute, never longer")
                .isBetween(own(before) - 59, Math.max(60, own(before)));
        assertThat(kept(kept, clinics)).as("the second time nothing").isEqualTo(kept);
    }

    /** To the second, and without an attribute that nobody has set. */
    @Property
    void whateverClinicsWantedTheRealmsOwnComesBack(
            @ForAll @IntRange(min = 1, max = BOUND) int seconds,
            @ForAll @Size(max = 6) List<@WithNull @IntRange(min = 1, max = 240) Integer> wishes) {
        var first = stored(null, seconds);
        var now = first;
        for (Integer wish : wishes) {
            now = kept(now, wish == null ? OptionalInt.empty() : OptionalInt.of(wish));
        }

        assertThat(kept(now, OptionalInt.empty())).isEqualTo(first);
    }

    /** What an administrator has set stays, and comes back as well. */
    @Property
    void anAttributeOfAnAdministratorsStays(
            @ForAll @IntRange(min = 1, max = 240) int minutes,
            @ForAll @IntRange(min = 1, max = 240) int nativeMinutes,
            @ForAll @Size(max = 6) List<@WithNull @IntRange(min = 1, max = 240) Integer> wishes) {
        var first = stored(minutes, nativeMinutes * 60);
        var now = first;
        for (Integer wish : wishes) {
            now = kept(now, wish == null ? OptionalInt.empty() : OptionalInt.of(wish));
            assertThat(own(now)).isEqualTo(own(first));
            assertThat(now.minutes()).isPresent();
            assertThat(now.remembered()).isEmpty();
        }

        assertThat(kept(now, OptionalInt.empty()).nativeSeconds()).isEqualTo(own(first));
    }

    @Property
    void whatAnAdministratorChangesMeanwhileIsTheRealmsOwn(
            @ForAll @IntRange(min = 1, max = 240) int own,
            @ForAll @IntRange(min = 1, max = 240) int clinics,
            @ForAll @IntRange(min = 1, max = 240) int attribute) {
        var raised = kept(stored(null, own * 60), clinics);
        var changed = new Stored(OptionalInt.of(attribute), raised.remembered(), raised.nativeSeconds());

        var kept = kept(kept(changed, clinics), OptionalInt.empty());

        var taken = clinics > own && attribute != own;
        assertThat(kept.minutes()).isEqualTo(taken || clinics <= own ? OptionalInt.of(attribute) : OptionalInt.empty());
        assertThat(kept.nativeSeconds()).isEqualTo(Math.min(attribute, taken ? Math.max(clinics, own) : own) * 60);
    }

    @Property
    void anAdministratorsLowerValueIsTheRealmsOwnFromThenOn(
            @ForAll @IntRange(min = 1, max = 240) int own,
            @ForAll @IntRange(min = 1, max = 240) int clinics,
            @ForAll @IntRange(min = 1, max = 240) int lower) {
        var raised = kept(stored(null, own * 60), clinics);

        var kept = kept(new Stored(raised.minutes(), raised.remembered(), lower * 60), clinics);

        assertThat(own(kept)).isEqualTo((clinics > own ? Math.min(own, lower) : lower) * 60);
        assertThat(kept.nativeSeconds()).isGreaterThanOrEqualTo(clinics * 60);
    }

    @Test
    void anExample() {
        var first = stored(null, 1_830);
        var raised = kept(first, 60);
        assertThat(raised).isEqualTo(stored(30, 1_830, 3_600));
        assertThat(kept(raised, 45)).isEqualTo(stored(30, 1_830, 2_700));
        assertThat(kept(raised, 20)).as("as it was").isEqualTo(first);
        assertThat(kept(stored(null, 1_830, 3_600), 60)).as("put back").isEqualTo(raised);
        assertThat(kept(stored(30, 1_830, 1_200), 60)).isEqualTo(stored(20, 1_200, 3_600));
        assertThat(kept(stored(40, 1_830, 3_600), OptionalInt.empty()))
                .as("changed meanwhile")
                .isEqualTo(stored(40, 2_400));
        assertThat(kept(stored(30, 600), 60)).isEqualTo(stored(10, 3_600));
        assertThat(kept(stored(30, 7_200), 60)).isEqualTo(stored(30, 3_600));
        assertThat(kept(stored(null, 45), 1)).isEqualTo(stored(1, 45, 60));
        assertThat(kept(stored(null, 600), 9_999)).as("of another policy").isEqualTo(stored(10, 600, BOUND));
    }

    private static Stored stored(@Nullable Integer minutes, int seconds) {
        return stored(minutes, null, seconds);
    }

    private static Stored stored(@Nullable Integer minutes, @Nullable Integer remembered, int seconds) {
        return new Stored(optional(minutes), optional(remembered), seconds);
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
