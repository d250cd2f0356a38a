package io.github.clinicsessions.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** When a human was last there. */
class LastUseTest {

    @Property
    void asLongAsNobodyReportsKeycloaksTimeCounts(@ForAll("uses") LastUse use) {
        var silent = new LastUse(use.startedAt(), use.lastRefreshAt(), use.clientUsedAt(), use.lastBeatAt(), Set.of());

        assertThat(silent.at()).isEqualTo(Math.max(silent.lastRefreshAt(), silent.lastBeatAt()));
    }

    @Property
    void refreshesOfAClientThatReportsTellNothing(
            @ForAll("uses") LastUse use, @ForAll @LongRange(max = 1_000_000) long later) {
        var used = new HashMap<>(use.clientUsedAt());
        use.reporting().forEach(client -> used.put(client, 1_000_000 + later));
        var refreshed = new LastUse(
                use.startedAt(),
                use.reporting().isEmpty() ? use.lastRefreshAt() : 1_000_000 + later,
                used,
                use.lastBeatAt(),
                use.reporting());

        assertThat(refreshed.at()).isEqualTo(use.at());
    }

    @Property
    void refreshesOfOthersCount(@ForAll("uses") LastUse use, @ForAll @LongRange(max = 1_000_000) long later) {
        var used = new HashMap<>(use.clientUsedAt());
        used.put("without-the-script", 1_000_000 + later);
        var refreshed = new LastUse(use.startedAt(), 1_000_000 + later, used, use.lastBeatAt(), use.reporting());

        assertThat(refreshed.at()).isEqualTo(Math.max(1_000_000 + later, use.lastBeatAt()));
    }

    @Property
    void aReportCountsWhoeverReports(@ForAll("uses") LastUse use, @ForAll @LongRange(max = 2_000_000) long beatAt) {
        var beaten = new LastUse(use.startedAt(), use.lastRefreshAt(), use.clientUsedAt(), beatAt, use.reporting());

        assertThat(beaten.at()).isGreaterThanOrEqualTo(beatAt).isGreaterThanOrEqualTo(use.startedAt());
    }

    @Property
    void oneMoreThatReportsMakesNothingLater(@ForAll("uses") LastUse use, @ForAll("clients") Set<String> more) {
        var reporting = new HashSet<>(use.reporting());
        reporting.addAll(more);

        assertThat(new LastUse(use.startedAt(), use.lastRefreshAt(), use.clientUsedAt(), use.lastBeatAt(), reporting)
                        .at())
                .isLessThanOrEqualTo(use.at());
    }

    /** Clients are used after the sign-in, and Keycloak's last use is never before theirs. */
    @Provide
    Arbitrary<LastUse> uses() {
        var times = Arbitraries.longs().between(1, 1_000_000);
        return Combinators.combine(
                        times,
                        Arbitraries.maps(Arbitraries.of("a", "b", "c"), times).ofMaxSize(3),
                        times,
                        Arbitraries.longs().between(0, 1_000_000),
                        clients())
                .as((started, clients, refresh, beat, reporting) -> {
                    Map<String, Long> used = new HashMap<>();
                    clients.forEach((client, at) -> used.put(client, Math.max(started, at)));
                    long last = used.isEmpty() ? refresh : Collections.max(used.values());
                    return new LastUse(started, Math.max(started, Math.max(refresh, last)), used, beat, reporting);
                });
    }

    @Provide
    Arbitrary<Set<String>> clients() {
        return Arbitraries.of("a", "b", "c").set().ofMaxSize(3);
    }
}
