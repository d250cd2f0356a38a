package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StaffDirectoryTest {

    @Test
    void aNameIsWhatThereIsOfIt() {
        assertThat(StaffDirectory.displayName("dd", "Dora", "Doctor")).isEqualTo("Dora Doctor");
        assertThat(StaffDirectory.displayName("dd", "Dora", null)).isEqualTo("Dora");
        assertThat(StaffDirectory.displayName("dd", " ", "Doctor ")).isEqualTo("Doctor");
    }

    @Test
    void withoutOneThereIsTheUserName() {
        assertThat(StaffDirectory.displayName("dd", null, null)).isEqualTo("dd");
        assertThat(StaffDirectory.displayName("dd", "", "  ")).isEqualTo("dd");
    }

    @Test
    void organizationsAreParted() {
        StaffScope.OfOrganizations rule =
                new StaffScope.OfOrganizations(Map.of("north", true, "south", false, "west", true));

        assertThat(rule.ids()).containsExactlyInAnyOrder("north", "south", "west");
        assertThat(rule.allowing(true)).containsExactlyInAnyOrder("north", "west");
        assertThat(rule.allowing(false)).containsExactly("south");
    }

    @Test
    void onlyWhoAsksForAdministratorsGetsThem() {
        assertThat(StaffScope.ofRealm(true).administrators()).isFalse();
        assertThat(StaffScope.ofOrganizations(Map.of()).administrators()).isFalse();
        assertThat(StaffScope.ofOrganizations(Map.of()).everybody()).isFalse();
        assertThat(StaffScope.ofOrganizations(Map.of()).withAdministrators())
                .isEqualTo(new StaffScope(false, new StaffScope.OfOrganizations(Map.of()), true));
    }
}
