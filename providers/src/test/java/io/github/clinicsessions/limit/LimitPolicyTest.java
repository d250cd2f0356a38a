package io.github.clinicsessions.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.limit.SessionLimit.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is too many, whatever lives. */
class LimitPolicyTest {

    @Property
    void noMoreAreLeftThanAllowedAndNoFewer(
            @ForAll("sessions") List<Counted> living, @ForAll("limits") SessionLimit limit, @ForAll int pick) {
        List<Counted> surplus = LimitPolicy.surplus(living, limit, newcomer(living, pick));

        assertThat(living).containsAll(surplus);
        assertThat(surplus).doesNotHaveDuplicates();
        assertThat(left(living, surplus, limit))
                .hasSize(Math.min(limit.max(), counting(living, limit).size()));
        if (!limit.countsOffline()) {
            assertThat(surplus).noneMatch(Counted::offlineOnly);
        }
    }

    @Property
    void underDenyAndChooseNothingEndsThatIsOlderThanWhatIsLeft(
            @ForAll("sessions") List<Counted> living, @ForAll("limits") SessionLimit limit, @ForAll int pick) {
        if (limit.behavior() != LimitBehavior.END_LEAST_RECENT) {
            String newcomer = newcomer(living, pick);
            List<Counted> surplus = LimitPolicy.surplus(living, limit, newcomer);

            for (Counted ended : surplus) {
                assertThat(left(living, surplus, limit))
                        .noneMatch(stays -> stays.id().equals(newcomer))
                        .allMatch(
                                stays -> ended.id().equals(newcomer) || Counted.OLDEST_FIRST.compare(stays, ended) < 0);
            }
        }
    }

    @Property
    void elseTheNewcomerStaysAndNothingEndsThatWasUsedAfterWhatIsLeft(
            @ForAll("sessions") List<Counted> living, @ForAll("limits") SessionLimit limit, @ForAll int pick) {
        if (limit.behavior() == LimitBehavior.END_LEAST_RECENT) {
            String newcomer = newcomer(living, pick);
            List<Counted> surplus = LimitPolicy.surplus(living, limit, newcomer);

            assertThat(surplus).noneMatch(one -> one.id().equals(newcomer));
            for (Counted ended : surplus) {
                assertThat(left(living, surplus, limit))
                        .allMatch(stays ->
                                stays.id().equals(newcomer) || Counted.LEAST_RECENT_FIRST.compare(ended, stays) < 0);
            }
        }
    }

    @Property
    void theOrderInWhichTheyAreReadIsNothingToIt(
            @ForAll("sessions") List<Counted> living,
            @ForAll("limits") SessionLimit limit,
            @ForAll int pick,
            @ForAll Random random) {
        String newcomer = newcomer(living, pick);
        List<Counted> shuffled = new ArrayList<>(living);
        Collections.shuffle(shuffled, random);

        assertThat(LimitPolicy.surplus(shuffled, limit, newcomer))
                .isEqualTo(LimitPolicy.surplus(living, limit, newcomer));
    }

    /**
     * Any number of people's sign-ins at a time: each commits its session some time before its look, looks come one after another, and
     * each sees what has committed and has not been decided on by an earlier one.
     */
    @Property
    void whateverTheOrderOfCommitsAndLooksAsManyAreLeftAsAllowed(
            @ForAll("sessions") List<Counted> before,
            @ForAll("limits") SessionLimit any,
            @ForAll @IntRange(min = 1, max = 20) int signIns,
            @ForAll Random random) {
        SessionLimit limit = new SessionLimit(any.max(), any.behavior(), Kind.CLINIC, null, true);
        Map<String, Counted> alive = new LinkedHashMap<>();
        before.forEach(one -> alive.put(one.id(), one));
        List<Counted> newcomers = IntStream.range(0, signIns)
                .mapToObj(i -> new Counted("new-" + i, 100 + random.nextInt(3), Long.MAX_VALUE, 100_000, false))
                .toList();
        List<Runnable> steps = new ArrayList<>();
        List<Counted> uncommitted = new ArrayList<>(newcomers);
        List<Counted> unlooked = new ArrayList<>();
        while (!uncommitted.isEmpty() || !unlooked.isEmpty()) {
            boolean commit = unlooked.isEmpty() || (!uncommitted.isEmpty() && random.nextBoolean());
            if (commit) {
                Counted one = uncommitted.remove(random.nextInt(uncommitted.size()));
                unlooked.add(one);
                steps.add(() -> alive.put(one.id(), one));
            } else {
                Counted one = unlooked.remove(random.nextInt(unlooked.size()));
                steps.add(() -> look(alive, limit, one));
            }
        }

        steps.forEach(Runnable::run);

        assertThat(alive).hasSize(Math.min(limit.max(), before.size() + signIns));
        if (limit.behavior() != LimitBehavior.END_LEAST_RECENT) {
            List<String> oldest = before.stream()
                    .sorted(Counted.OLDEST_FIRST)
                    .limit(limit.max())
                    .map(Counted::id)
                    .toList();
            assertThat(alive.keySet()).containsAll(oldest);
        }
    }

    private static void look(Map<String, Counted> alive, SessionLimit limit, Counted newcomer) {
        long admitted = alive.values().stream()
                .filter(one -> one.registeredAt() != Long.MAX_VALUE)
                .count();
        alive.computeIfPresent(
                newcomer.id(),
                (id, one) -> new Counted(id, one.startedAt(), admitted, one.lastActiveAt(), one.offlineOnly()));
        List<Counted> letIn = alive.values().stream()
                .filter(one -> one.registeredAt() != Long.MAX_VALUE) // the others' looks are still to come
                .toList();
        LimitPolicy.surplus(letIn, limit, newcomer.id()).forEach(one -> alive.remove(one.id()));
    }

    @Property
    void asManyHaveToEndFirstAsWouldEndAfterwards(
            @ForAll("sessions") List<Counted> living, @ForAll("limits") SessionLimit limit) {
        Counted newcomer = new Counted("new", 1_000, Long.MAX_VALUE, 1_000_000, false);
        List<Counted> then = new ArrayList<>(living);
        then.add(newcomer);

        assertThat(LimitPolicy.tooManyForOneMore(living, limit, null))
                .isEqualTo(LimitPolicy.surplus(then, limit, "new").size());
    }

    @Property
    void whatIsRenewedIsNotOneMore(
            @ForAll("sessions") List<Counted> living, @ForAll("limits") SessionLimit limit, @ForAll int pick) {
        String joined = newcomer(living, pick);
        boolean counts =
                counting(living, limit).stream().anyMatch(one -> one.id().equals(joined));

        assertThat(LimitPolicy.tooManyForOneMore(living, limit, joined))
                .isEqualTo(counts ? 0 : LimitPolicy.tooManyForOneMore(living, limit, null));
    }

    @Test
    void theSmallestNumberCountsAndOfEqualOnesTheHardestToGetPast() {
        SessionLimit two = new SessionLimit(2, LimitBehavior.END_LEAST_RECENT, Kind.CLINIC, "north", true);
        SessionLimit three = new SessionLimit(3, LimitBehavior.DENY, Kind.FLOW, null, true);
        SessionLimit choose = new SessionLimit(2, LimitBehavior.CHOOSE, Kind.FLOW, null, true);
        SessionLimit deny = new SessionLimit(2, LimitBehavior.DENY, Kind.REALM, null, false);

        assertThat(LimitPolicy.strictest(Stream.of(three, two))).hasValue(two);
        assertThat(LimitPolicy.strictest(Stream.of(two, three, choose))).hasValue(choose);
        assertThat(LimitPolicy.strictest(Stream.of(choose, deny, two)))
                .as("and offline access counts if one of them counts it")
                .hasValue(new SessionLimit(2, LimitBehavior.DENY, Kind.REALM, null, true));
        assertThat(LimitPolicy.strictest(Stream.of())).isEmpty();
    }

    @Provide
    Arbitrary<SessionLimit> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(LimitBehavior.class),
                        Arbitraries.of(true, false))
                .as((max, behavior, countsOffline) -> new SessionLimit(max, behavior, Kind.FLOW, null, countsOffline));
    }

    /** Few different times, so that many are equal. */
    @Provide
    Arbitrary<List<Counted>> sessions() {
        Arbitrary<Counted> one = Combinators.combine(
                        Arbitraries.strings().withCharRange('a', 'z').ofLength(3),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.of(true, false))
                .as(Counted::new);
        return one.list().ofMaxSize(12).uniqueElements(Counted::id);
    }

    private static String newcomer(List<Counted> living, int pick) {
        return living.isEmpty()
                ? "none"
                : living.get(Math.floorMod(pick, living.size())).id();
    }

    private static List<Counted> counting(List<Counted> living, SessionLimit limit) {
        return living.stream()
                .filter(one -> limit.countsOffline() || !one.offlineOnly())
                .toList();
    }

    private static Set<Counted> left(List<Counted> living, List<Counted> surplus, SessionLimit limit) {
        Set<Counted> left = new LinkedHashSet<>(counting(living, limit));
        surplus.forEach(left::remove);
        return left;
    }
}
