package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.timeout.IdleRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeoutReasonTest {

    private static final Clinic NORTH = new Clinic("n", "north", "Clinic North", true);
    private static final Clinic SOUTH = new Clinic("s", "south", "Clinic South", true);

    @Test
    void ofTheOnlyClinicNoNameIsTold() {
        assertThat(of(IdleRule.Kind.CLINIC, "north", NORTH)).isEqualTo(reason(TimeoutReason.Kind.CLINIC, null));
        assertThat(of(IdleRule.Kind.CLINIC, null)).isEqualTo(reason(TimeoutReason.Kind.CLINIC, null));
    }

    @Test
    void ofSeveralTheOneIsNamedAsPeopleCallIt() {
        assertThat(of(IdleRule.Kind.CLINIC, "south", NORTH, SOUTH))
                .isEqualTo(reason(TimeoutReason.Kind.NAMED_CLINIC, "Clinic South"));
    }

    @Test
    void aClinicThatIsNoneOfTheViewersIsNotNamed() {
        assertThat(of(IdleRule.Kind.CLINIC, "south", NORTH)).isEqualTo(reason(TimeoutReason.Kind.OTHER_CLINIC, null));
        assertThat(of(IdleRule.Kind.CLINIC, "south")).isEqualTo(reason(TimeoutReason.Kind.OTHER_CLINIC, null));
    }

    @Test
    void otherRulesStayWhatTheyAre() {
        assertThat(of(IdleRule.Kind.ROLE, "front-desk", NORTH))
                .isEqualTo(reason(TimeoutReason.Kind.ROLE, "front-desk"));
        assertThat(of(IdleRule.Kind.REALM, null, NORTH)).isEqualTo(reason(TimeoutReason.Kind.REALM, null));
        assertThat(of(IdleRule.Kind.BOUND, null, NORTH)).isEqualTo(reason(TimeoutReason.Kind.BOUND, null));
    }

    /** Which roles another clinic has rules for is none of the viewer's business. */
    @Test
    void aRoleOfAnotherClinicsRuleIsNotNamed() {
        var rule = new IdleRule(IdleRule.Kind.ROLE, "night-shift", "south", 900);

        assertThat(TimeoutReason.of(rule, List.of(NORTH))).isEqualTo(reason(TimeoutReason.Kind.OTHER_CLINIC, null));
        assertThat(TimeoutReason.of(rule, List.of(NORTH, SOUTH)))
                .isEqualTo(reason(TimeoutReason.Kind.ROLE, "night-shift"));
    }

    private static TimeoutReason of(IdleRule.Kind kind, @Nullable String name, Clinic... clinics) {
        return TimeoutReason.of(new IdleRule(kind, name, 900), List.of(clinics));
    }

    private static TimeoutReason reason(TimeoutReason.Kind kind, @Nullable String name) {
        return new TimeoutReason(kind, name, 900);
    }
}
