package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Keycloak's own idle time-out is kept at the longest that a clinic of the realm has, and the realm's own is remembered. */
class IdleOfClinicsBoundIT {

    private static final String MINUTES = "clinicSessions.idleTimeoutMinutes";
    private static final String OVERRIDE = "client.session.idle.timeout";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    @RegisterExtension
    static final TestRealm IMPORTED = TestRealm.clinics().with(IdleOfClinicsBoundIT::northHasAnHour);

    @RegisterExtension
    static final TestRealm SWITCHED =
            TestRealm.clinics().with(IdleOfClinicsBoundIT::northHasAnHour).listeners("jboss-logging");

    private final Organizations organizations = new Organizations(REALM);

    @BeforeEach
    void asItBegins() {
        REALM.update(realm -> realm.setOrganizationsEnabled(true));
        clinic("north", null);
        clinic("south", null);
        REALM.update(realm -> {
            realm.setSsoSessionIdleTimeout(1800);
            realm.getAttributes().remove(MINUTES);
        });
        assertThat(stands(REALM)).isEqualTo("1800 null");
    }

    @Test
    void itFollowsTheLongestUpAndDown() {
        clinic("north", "20");
        assertThat(stands(REALM)).as("shorter than the realm's").isEqualTo("1800 null");

        clinic("north", "60");
        assertThat(stands(REALM)).isEqualTo("3600 30");
        clinic("south", "90");
        assertThat(stands(REALM)).isEqualTo("5400 30");
        clinic("south", "9999");
        assertThat(stands(REALM)).isEqualTo("14400 30");
        clinic("south", "40");
        assertThat(stands(REALM)).isEqualTo("3600 30");
        clinic("north", null);
        assertThat(stands(REALM)).isEqualTo("2400 30");
        clinic("south", null);
        assertThat(stands(REALM)).as("as it was").isEqualTo("1800 null");

        assertThat(SettingRows.of(REALM, "ssoSessionIdleTimeout", null))
                .allSatisfy(row -> assertThat(row.actorName()).isEqualTo(KeycloakServer.ADMIN))
                .extracting(SettingRows::change)
                .containsSubsequence("1800→3600", "3600→5400", "5400→14400", "14400→3600", "3600→2400", "2400→1800");
        assertThat(SettingRows.of(REALM, MINUTES, null))
                .extracting(row ->
                        SettingRows.change(row) + SettingRows.detail(row, "old") + SettingRows.detail(row, "new"))
                .containsSubsequence("→30", "→30-");
    }

    /** Keycloak's value has seconds, our attribute minutes. */
    @Test
    void nobodyGainsASecond() {
        REALM.update(realm -> realm.setSsoSessionIdleTimeout(1830));
        clinic("north", "60");
        assertThat(stands(REALM)).isEqualTo("3600 30");
        clinic("north", null);
        assertThat(stands(REALM)).isEqualTo("1830 null");

        clinic("north", "60");
        REALM.update(realm -> realm.getAttributes().remove(MINUTES));
        assertThat(stands(REALM)).as("not to be lost by accident").isEqualTo("3600 30");
        REALM.update(realm -> realm.getAttributes().put(MINUTES, "40"));
        clinic("north", null);
        assertThat(stands(REALM)).as("an administrator's").isEqualTo("2400 40");
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .doesNotContainKey("clinicSessions.idleSecondsBefore");

        clinic("north", "60");
        assertThat(AdminApi.of(REALM)
                        .put("settings", "{\"idleTimeoutMinutes\":30}")
                        .status())
                .isEqualTo(200);
        clinic("north", null);
        assertThat(stands(REALM)).as("by our own way").isEqualTo("1800 30");
    }

    @Test
    void aClinicThatIsDisabledOrGoneHasNoSay() {
        clinic("north", "60");
        organizations.change("north", north -> north.setEnabled(false));
        assertThat(stands(REALM)).isEqualTo("1800 null");
        organizations.change("north", north -> north.setEnabled(true));
        assertThat(stands(REALM)).isEqualTo("3600 30");
        clinic("north", null);

        var west = new OrganizationRepresentation();
        west.setName("west");
        west.setAlias("west");
        west.setAttributes(Map.of(MINUTES, List.of("75")));
        REALM.admin().organizations().create(west).close();
        assertThat(stands(REALM)).as("made").isEqualTo("4500 30");
        REALM.admin().organizations().get(REALM.organizationId("west")).delete().close();
        assertThat(stands(REALM)).as("removed").isEqualTo("1800 null");

        clinic("north", "60");
        REALM.update(realm -> realm.setOrganizationsEnabled(false));
        assertThat(stands(REALM)).as("no organizations any more").isEqualTo("1800 null");
    }

    @Test
    void whatAnAdministratorSetsIsTheRealmsOwn() {
        clinic("north", "60");

        REALM.update(realm -> realm.setSsoSessionIdleTimeout(1200));
        assertThat(stands(REALM)).as("lower: the realm's wish").isEqualTo("3600 20");
        REALM.update(realm -> realm.setSsoSessionIdleTimeout(7200));
        assertThat(stands(REALM)).as("longer: lowered").isEqualTo("3600 20");
        REALM.update(realm -> realm.getAttributes().put(MINUTES, "10"));
        assertThat(stands(REALM)).as("by the attribute").isEqualTo("3600 10");

        REALM.update(realm -> {
            realm.setRememberMe(true);
            realm.setSsoSessionIdleTimeoutRememberMe(7200);
        });
        ClientAttributes.set(REALM, Tokens.APP, OVERRIDE, "3000");
        assertThat(ClientAttributes.get(REALM, Tokens.APP, OVERRIDE))
                .as("within north's")
                .isEqualTo("3000");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeoutRememberMe())
                .isEqualTo(3600);
        clinic("north", null);
        assertThat(ClientAttributes.get(REALM, Tokens.APP, OVERRIDE)).isEqualTo("600");
        assertThat(stands(REALM)).isEqualTo("600 10");
        ClientAttributes.set(REALM, Tokens.APP, OVERRIDE, "");
    }

    @Test
    void anImportedRealmAndOneThatIsSwitchedOn() {
        assertThat(stands(IMPORTED)).isEqualTo("3600 30");
        assertThat(stands(SWITCHED)).as("off").isEqualTo("1800 null");
        assertThat(AdminApi.of(SWITCHED).get("preflight").json().path("changes").toString())
                .isEqualTo("[{\"where\":\"realm\",\"client\":null,\"setting\":\"clinicSessions.idleTimeoutMinutes\","
                        + "\"now\":null,\"then\":\"30\",\"unit\":\"minutes\"},"
                        + "{\"where\":\"realm\",\"client\":null,\"setting\":\"ssoSessionIdleTimeout\","
                        + "\"now\":\"1800\",\"then\":\"3600\",\"unit\":\"seconds\"}]");

        SWITCHED.update(realm -> realm.setEventsListeners(List.of("jboss-logging", "clinic-sessions")));

        assertThat(stands(SWITCHED)).isEqualTo("3600 30");
        assertThat(AdminApi.of(SWITCHED).get("preflight").json().path("changes"))
                .isEmpty();
    }

    private static void northHasAnHour(ObjectNode realm) {
        ((ObjectNode) realm.path("organizations").get(0))
                .putObject("attributes")
                .putArray(MINUTES)
                .add("60");
    }

    private void clinic(String alias, @Nullable String minutes) {
        organizations.change(alias, organization -> {
            Map<String, List<String>> attributes = new HashMap<>();
            if (minutes != null) {
                attributes.put(MINUTES, List.of(minutes));
            }
            organization.setAttributes(attributes);
            organization.setEnabled(true);
        });
    }

    /** Keycloak's seconds, and the realm's own minutes. */
    private static String stands(TestRealm realm) {
        var stored = realm.admin().toRepresentation();
        return stored.getSsoSessionIdleTimeout() + " " + stored.getAttributes().get(MINUTES);
    }
}
