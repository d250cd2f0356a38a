package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two clinics and two roles in one realm: which rule counts for whom, and who sets it. Nobody waits: sessions say when they end. */
class IdleRulesIT {

    private static final String MINUTES = "clinicSessions.idleTimeoutMinutes";
    private static final String ROLE = MINUTES + ".role.";
    private static final String REASON = "clinicSessions.idleTimeoutReason";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    private final Organizations organizations = new Organizations(REALM);

    /** The realm has 30 minutes by Keycloak's value, north 15 and 5 for its front desk, where north-nurse works. */
    @BeforeEach
    void asInTheDemo() {
        clinic("north", true, Map.of(MINUTES, "15", ROLE + "front-desk", "5"));
        clinic("south", true, Map.of());
        REALM.update(realm -> {
            realm.setSsoSessionIdleTimeout(1800);
            realm.getAttributes().keySet().removeIf(name -> name.startsWith(MINUTES) || name.equals(REASON));
        });
    }

    @Test
    void theDemoShowsThree() {
        assertThat(rule("north-staff")).isEqualTo("15 clinic rule");
        assertThat(rule("north-nurse")).isEqualTo("5 role front-desk");
        assertThat(rule("south-staff")).as("Keycloak's own").isEqualTo("30 realm setting");
    }

    @Test
    void theStrictestOfTwoClinicsCounts() {
        clinic("south", true, Map.of(MINUTES, "40"));

        assertThat(rule("both")).isEqualTo("15 clinic rule");
        assertThat(rule("south-staff")).isEqualTo("40 clinic rule");
        assertThat(rule("visitor")).as("the realm's own, remembered").isEqualTo("30 realm setting");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(40 * 60);

        clinic("north", true, Map.of(MINUTES, "50"));
        assertThat(rule("both")).isEqualTo("40 clinic rule");

        clinic("south", true, Map.of());
        assertThat(rule("both")).as("south has the realm's").isEqualTo("30 realm setting");
        assertThat(rule("north-staff")).isEqualTo("50 clinic rule");
    }

    @Test
    void aClinicThatIsDisabledHasNoRule() {
        clinic("north", false, Map.of(MINUTES, "15"));

        assertThat(rule("north-staff")).isEqualTo("30 realm setting");
        assertThat(rule("both")).isEqualTo("30 realm setting");
    }

    @Test
    void aRoleCountsWhereItsRuleIsMeant() {
        REALM.update(realm -> realm.getAttributes().put(ROLE + "offline_access", "25"));
        clinic("south", true, Map.of(ROLE + "front-desk", "3"));
        assertThat(rule("north-nurse")).as("not of south").isEqualTo("5 role front-desk");
        assertThat(rule("south-doctor")).as("has no such role").isEqualTo("25 role offline_access");
        assertThat(rule("visitor")).isEqualTo("25 role offline_access");
        assertThat(rule("both")).isEqualTo("15 clinic rule");

        organizations.mapRole("south", organizations.group("south", null, "desk" + System.nanoTime()), "front-desk");
        assertThat(rule("south-doctor")).as("not of that group").isEqualTo("25 role offline_access");
        REALM.user("both")
                .roles()
                .realmLevel()
                .add(List.of(REALM.admin().roles().get("front-desk").toRepresentation()));
        try {
            assertThat(rule("both")).as("in each of their clinics").isEqualTo("3 role front-desk");
        } finally {
            REALM.user("both")
                    .roles()
                    .realmLevel()
                    .remove(List.of(REALM.admin().roles().get("front-desk").toRepresentation()));
        }
    }

    @Test
    void whatIsStoredAndIsNoRuleIsNone() {
        clinic("north", true, Map.of(MINUTES, "soon", ROLE + "front-desk", "-", ROLE + "<b>", "5", ROLE, "5"));

        assertThat(rule("north-staff")).isEqualTo("30 realm setting");
        assertThat(rule("north-nurse")).isEqualTo("30 realm setting");
    }

    @Test
    void anOwnerSetsItWithAReasonAndGivesItBack() {
        var north = OwnersApi.of(REALM, "north-owner");
        assertThat(shown(north)).isEqualTo("15 null {\"front-desk\":5}");
        var before = SettingRows.of(REALM).size();

        assertThat(problem(north, "{\"idleTimeoutMinutes\":90}")).contains("NIST SP 800-63B-4", "AAL2", "one hour");
        ok(north.put(
                "settings",
                "{\"idleTimeoutMinutes\":90,\"idleTimeoutReason\":\" Theatre, nobody may touch anything \","
                        + "\"roleIdleTimeoutMinutes\":{\"front-desk\":10,\"clinic-owner\":45}}"));

        assertThat(shown(north))
                .isEqualTo("90 \"Theatre, nobody may touch anything\" {\"clinic-owner\":45,\"front-desk\":10}");
        assertThat(rule("north-staff")).isEqualTo("90 clinic rule");
        assertThat(rule("north-nurse")).isEqualTo("10 role front-desk");
        assertThat(rule("north-owner")).isEqualTo("45 role clinic-owner");
        assertThat(rule("visitor")).isEqualTo("30 realm setting");
        assertThat(rowsSince(before))
                .containsExactlyInAnyOrder(
                        "OWNER idleTimeoutMinutes north 15 90 Theatre, nobody may touch anything",
                        "OWNER idleTimeoutReason north - Theatre, nobody may touch anything ",
                        "OWNER roleIdleTimeoutMinutes.clinic-owner north - 45 ",
                        "OWNER roleIdleTimeoutMinutes.front-desk north 5 10 ",
                        "OWNER clinicSessions.idleTimeoutMinutes   →30 minutes",
                        "OWNER ssoSessionIdleTimeout   1800→5400 seconds");

        // What is sent back as it is stays as it is, and is the clinic's own from then on, as far as it was not; the
        // reason stays as long
        // as it is needed.
        ok(north.put("settings", ok(north.get("settings")).toString()));
        assertThat(problem(north, "{\"idleTimeoutReason\":null}")).contains("must say why");
        assertThat(problem(north, "{\"idleTimeoutMinutes\":120}")).contains("must say why");
        assertThat(rowsSince(before)).hasSize(7).contains("OWNER limitBehavior north - choose ");
        ok(north.put("settings", "{\"idleTimeoutMinutes\":60,\"roleIdleTimeoutMinutes\":{}}"));
        assertThat(shown(north)).isEqualTo("60 null {}");

        ok(north.put("settings", "{\"idleTimeoutMinutes\":null}"));
        assertThat(shown(north)).as("the realm's").isEqualTo("30 null {}");
        assertThat(rule("north-staff")).isEqualTo("30 realm setting");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(1800);
        assertThat(north.put("settings", "{\"idleTimeoutMinutes\":null}").status())
                .as("again")
                .isEqualTo(200);
        assertThat(rowsSince(before))
                .contains(
                        "OWNER idleTimeoutMinutes north 90 60 ",
                        "OWNER idleTimeoutReason north Theatre, nobody may touch anything - ",
                        "OWNER idleTimeoutMinutes north 60 30 ",
                        "OWNER ssoSessionIdleTimeout   3600→1800 seconds");
    }

    /** A value of the clinic's own outlasts a change of the realm's, whether it was the same or not. */
    @Test
    void anOwnerFixesWhatIsInForceAnyway() {
        var south = OwnersApi.of(REALM, "south-owner");
        var before = SettingRows.of(REALM).size();
        assertThat(rule("south-staff")).isEqualTo("30 realm setting");

        ok(south.put("settings", "{\"idleTimeoutMinutes\":30}"));
        assertThat(rule("south-staff")).isEqualTo("30 clinic rule");
        ok(south.put("settings", "{\"idleTimeoutMinutes\":30}"));
        ok(AdminApi.of(REALM).put("settings", "{\"idleTimeoutMinutes\":20}"));
        assertThat(rule("south-staff")).isEqualTo("30 clinic rule");
        assertThat(rule("visitor")).isEqualTo("20 realm setting");
        ok(AdminApi.of(REALM).put("settings", "{\"idleTimeoutMinutes\":30}"));
        ok(south.put("settings", "{\"idleTimeoutMinutes\":null}"));
        assertThat(rule("south-staff")).isEqualTo("30 realm setting");

        assertThat(rowsSince(before))
                .filteredOn(row -> row.contains("south"))
                .containsExactly("OWNER idleTimeoutMinutes south - 30 ", "OWNER idleTimeoutMinutes south 30 - ");
    }

    @Test
    void anAdministratorSetsAClinicsAndTheRealms() {
        var admin = AdminApi.of(REALM);
        var before = SettingRows.of(REALM).size();

        ok(admin.put("settings?clinic=south", "{\"idleTimeoutMinutes\":45}"));
        ok(admin.put("settings", "{\"idleTimeoutMinutes\":25,\"roleIdleTimeoutMinutes\":{\"front-desk\":4}}"));

        assertThat(rule("south-staff")).isEqualTo("45 clinic rule");
        assertThat(rule("visitor")).isEqualTo("25 realm setting");
        assertThat(rule("north-nurse")).as("the realm's rule holds beside").isEqualTo("4 role front-desk");
        assertThat(ok(admin.get("settings?clinic=north"))
                        .path("roleIdleTimeoutMinutes")
                        .toString())
                .isEqualTo("{\"front-desk\":5}");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(45 * 60);
        assertThat(rowsSince(before))
                .containsExactlyInAnyOrder(
                        "ADMIN idleTimeoutMinutes south 30 45 ",
                        "ADMIN clinicSessions.idleTimeoutMinutes   →30 minutes",
                        "ADMIN ssoSessionIdleTimeout   1800→2700 seconds",
                        "ADMIN idleTimeoutMinutes  30 25 ",
                        "ADMIN roleIdleTimeoutMinutes.front-desk  - 4 ");
        var refused = admin.put("settings", "{\"idleTimeoutMinutes\":null}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("idleTimeoutMinutes");

        // A rule for a role that is gone may stay, and can be taken away.
        clinic("south", true, Map.of(ROLE + "gone", "5"));
        ok(admin.put("settings?clinic=south", "{\"roleIdleTimeoutMinutes\":{\"gone\":6,\"front-desk\":7}}"));
        assertThat(ok(admin.put("settings?clinic=south", "{\"roleIdleTimeoutMinutes\":null}"))
                        .path("roleIdleTimeoutMinutes"))
                .isEmpty();
        assertThat(REALM.admin()
                        .organizations()
                        .get(REALM.organizationId("south"))
                        .toRepresentation()
                        .getAttributes())
                .isNullOrEmpty();
    }

    private void clinic(String alias, boolean enabled, Map<String, String> settings) {
        organizations.change(alias, organization -> {
            Map<String, List<String>> attributes = new HashMap<>();
            settings.forEach((name, value) -> attributes.put(name, List.of(value)));
            organization.setAttributes(attributes);
            organization.setEnabled(enabled);
        });
    }

    /** Of a new session of the person: in how many minutes it ends, and why. */
    private static String rule(String username) {
        var token = REALM.tokens().signIn(username).accessToken();
        var session = Http.bearer("GET", REALM.api("me/sessions"), token, null)
                .json()
                .path("sessions")
                .get(0);
        var left = Duration.between(
                Instant.now(), Instant.parse(session.path("idleExpiresAt").asText()));
        return (left.toSeconds() + 59) / 60 + " "
                + session.path("timeoutReason").asText();
    }

    private static String shown(OwnersApi owner) {
        var settings = ok(owner.get("settings"));
        return settings.path("idleTimeoutMinutes") + " " + settings.path("idleTimeoutReason") + " "
                + settings.path("roleIdleTimeoutMinutes");
    }

    private static String problem(OwnersApi owner, String body) {
        var answer = owner.put("settings", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("idleTimeoutReason");
        return answer.json().at("/errors/0/message").asText();
    }

    /** Who, what, of which clinic, from and to, and why. */
    private static List<String> rowsSince(int before) {
        return SettingRows.of(REALM).stream()
                .skip(before)
                .map(row -> {
                    var details = Http.parse(String.valueOf(row.details()));
                    var change = details.has("inForce")
                            ? " " + SettingRows.change(row) + " " + SettingRows.detail(row, "unit")
                            : SettingRows.detail(row, "old") + " " + SettingRows.detail(row, "new") + " "
                                    + SettingRows.detail(row, "reason");
                    return row.actorType() + " " + SettingRows.detail(row, "setting") + " "
                            + SettingRows.detail(row, "clinic") + " " + change;
                })
                .toList();
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
