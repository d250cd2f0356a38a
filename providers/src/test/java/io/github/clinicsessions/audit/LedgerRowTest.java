package io.github.clinicsessions.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Who is masked towards whom, what a mask leaves, and which rows there is only one of. */
class LedgerRowTest {

    private static final Actor OWNER = new Actor(Actor.Type.OWNER, "o", "owner");

    @Test
    void aRowIsMaskedIfEachClinicThroughWhichItIsSeenIsOptedOutOf() {
        var row = row(List.of("a", "b", "c"), List.of("b", "c"));

        assertThat(row.maskedFor(Set.of("b"), Set.of())).isTrue();
        assertThat(row.maskedFor(Set.of("b", "c", "elsewhere"), Set.of())).isTrue();
        assertThat(row.maskedFor(Set.of("a", "b"), Set.of())).isFalse();
        assertThat(row.maskedFor(Set.of("a", "b"), Set.of("a")))
                .as("then or now")
                .isTrue();
        assertThat(row.maskedFor(Set.of("a"), Set.of("b"))).isFalse();
        assertThat(row.maskedFor(null, Set.of())).isFalse();
        assertThat(row.maskedFor(null, Set.of("a"))).isTrue();
        assertThat(row.maskedFor(Set.of("elsewhere"), Set.of()))
                .as("not theirs at all")
                .isTrue();
    }

    @Test
    void ofAllClinicsOrTooManyToName() {
        assertThat(row(List.of("a", "b"), List.of("b", "a")).details()).containsEntry("privateTo", "*");
        assertThat(row(List.of("a", "b"), List.of("b", "x")).details()).containsEntry("privateTo", " b ");
        assertThat(row(List.of("a", "b"), List.of("x")).details()).isEmpty();
        assertThat(row(List.of(), List.of("x")).details()).isEmpty();
        var many = IntStream.range(0, 60)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
        var row = row(many, many.subList(1, 60));
        assertThat(row.details()).containsEntry("privateTo", "*");
        assertThat(row.maskedFor(Set.of(many.get(0)), Set.of()))
                .as("rather too much than too little")
                .isTrue();
    }

    @Test
    void aRowOfNoClinicIsNotMaskedForAdministrators() {
        assertThat(row(List.of(), List.of()).maskedFor(null, Set.of())).isFalse();
        assertThat(row(List.of(), List.of()).maskedFor(Set.of("a"), Set.of())).isTrue();
    }

    @Test
    void settingsAreAboutNobody() {
        var row = LedgerRow.settingChanged("r", List.of("a"), 1, OWNER, null, Map.of("setting", "x"));

        assertThat(row.maskedFor(Set.of("a"), Set.of("a"))).isFalse();
    }

    @Test
    void whatAMaskLeaves() {
        var row = row(List.of("a", "b"), List.of("b"));
        var open = LedgerEntry.of(row, false);
        assertThat(open.id()).isEqualTo(row.id());
        assertThat(open.username()).isEqualTo("name");
        assertThat(open.details())
                .as("other clinics are none of the viewer's business")
                .isEmpty();

        assertThat(LedgerEntry.of(row, true))
                .isEqualTo(new LedgerEntry(
                        true,
                        null,
                        0, // the day only
                        LedgerAction.SESSION_ENDED,
                        EndCause.IDLE_TIMEOUT,
                        null,
                        null,
                        null,
                        OWNER,
                        null,
                        null,
                        null,
                        Map.of()));
    }

    @Test
    void anActorWhoIsThePersonIsNotNamed() {
        for (var type : Actor.Type.values()) {
            var row = LedgerRow.ended(
                    "r", 1, "u", "name", "s", EndCause.SIGNED_OUT, new Actor(type, "u", "name"), null, null, Map.of());
            assertThat(LedgerEntry.masked(row).actor()).isEqualTo(new Actor(type, null, null));
        }
    }

    @Property
    void oneRowForEachViewerPersonAndHour(
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long at,
            @ForAll @StringLength(max = 5) String viewer,
            @ForAll @StringLength(max = 5) String user) {
        var id = viewed(viewer, user, at).id();
        var hour = at - at % 3_600_000;

        assertThat(UUID.fromString(id).toString()).isEqualTo(id);
        assertThat(UUID.fromString(id).version()).isEqualTo(8);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        assertThat(List.of(
                        viewed(viewer, user, hour).id(),
                        viewed(viewer, user, hour + 3_599_999).id()))
                .containsOnly(id);
        assertThat(List.of(
                        viewed(viewer, user, hour - 1).id(),
                        viewed(viewer, user, hour + 3_600_000).id(),
                        viewed(viewer + "x", user, at).id(),
                        viewed(viewer, user + "x", at).id()))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }

    private static LedgerRow viewed(String viewer, String user, long at) {
        return LedgerRow.viewed("r", at, user, null, new Actor(Actor.Type.OWNER, viewer, null), null);
    }

    private static LedgerRow row(List<String> clinicIds, List<String> privateTo) {
        return LedgerRow.ended("r", 7, "u", "name", "s", EndCause.IDLE_TIMEOUT, OWNER, "device", "192.0.2.1", Map.of())
                .of("name", clinicIds, privateTo);
    }
}
