package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo realm with two organizations: who is in which clinic, who owns which, and what tokens say of it. */
class ClinicsRealmIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    @RegisterExtension
    static final TestRealm CLINIC = TestRealm.clinic();

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

    /** Both demo realms have the same flows. */
    @Test
    void theFlowsAreKeycloaksOwnWithTheLimitOfSessionsAfterThem() {
        for (var realm : List.of(REALM, CLINIC)) {
            var bindings = realm.admin().toRepresentation();
            assertThat(bindings.getBrowserFlow()).isEqualTo("clinic browser");
            assertThat(bindings.getDirectGrantFlow()).isEqualTo("clinic direct grant");

            var browser = executions(realm, "clinic browser");
            assertThat(browser.get(0)).isEqualTo("0 flow REQUIRED");
            assertThat(browser).last().isEqualTo("0 clinic-session-limit REQUIRED");
            assertThat(browser.subList(1, browser.size() - 1).stream()
                            .map(one -> (one.charAt(0) - '1') + one.substring(1)))
                    .containsExactlyElementsOf(executions(realm, "browser"));
            var directGrant = executions(realm, "clinic direct grant");
            assertThat(directGrant).last().isEqualTo("0 clinic-session-limit REQUIRED");
            assertThat(directGrant.subList(0, directGrant.size() - 1)).isEqualTo(executions(realm, "direct grant"));
        }
    }

    /** As deep as they are, what they are, and whether they have to be. */
    private static List<String> executions(TestRealm realm, String flow) {
        return realm.admin().flows().getExecutions(flow).stream()
                .map(one -> one.getLevel() + " " + Objects.requireNonNullElse(one.getProviderId(), "flow") + " "
                        + one.getRequirement())
                .toList();
    }
}
