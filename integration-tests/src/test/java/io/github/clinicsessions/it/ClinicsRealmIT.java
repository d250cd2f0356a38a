package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo realm with two organizations: who is in which clinic, who owns which, and what tokens say of it. */
class ClinicsRealmIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void anOwnersTokenCarriesTheRoleBelowTheClinic() {
        var claims = REALM.tokens().signInToClinics("north-owner").claims();

        assertThat(claims.at("/organization/north/groups"))
                .extracting(JsonNode::asText)
                .containsExactly("/owners");
        assertThat(claims.at("/organization/north/realm_access/roles"))
                .extracting(JsonNode::asText)
                .containsExactly("clinic-owner");
        assertThat(claims.at("/realm_access/roles"))
                .extracting(JsonNode::asText)
                .contains("offline_access")
                .doesNotContain("clinic-owner");
        assertThat(claims.at("/organization").has("south")).isFalse();
    }

    @Test
    void whoOwnsOneClinicIsOnlyStaffInTheOther() {
        var organizations = REALM.tokens().signInToClinics("both").claims().path("organization");

        assertThat(organizations.at("/north/realm_access/roles"))
                .extracting(JsonNode::asText)
                .containsExactly("clinic-owner");
        assertThat(organizations.has("south")).isTrue();
        assertThat(organizations.at("/south").has("realm_access")).isFalse();
    }

    @Test
    void aVisitorIsInNoClinic() {
        var claims = REALM.tokens().signInToClinics("visitor").claims();

        assertThat(claims.path("organization").has("north")).isFalse();
        assertThat(claims.path("organization").has("south")).isFalse();
    }

    @Test
    void aPersonSignsInByNameFirst() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "north-staff");

        assertThat(page.url()).startsWith(REALM.account("sessions"));
        page.locator("h1").first().waitFor();
    }
}
