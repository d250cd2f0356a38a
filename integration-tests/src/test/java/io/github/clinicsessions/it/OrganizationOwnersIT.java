package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** Owners where organizations are the clinics: what their token has to carry, whom they see, what they change. */
class OrganizationOwnersIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    private static final Organizations CLINICS = new Organizations(REALM);

    @BeforeAll
    static void twoClinicsOfOneOwner() {
        REALM.addUser("of-two", "O", "Ftwo");
        for (var clinic : List.of("north", "south")) {
            CLINICS.join(clinic, "of-two");
            CLINICS.joinOwners(clinic, "of-two");
        }
    }

    @Test
    void seesTheStaffOfTheirClinicOnly() {
        var north = OwnersApi.of(REALM, "north-owner");

        assertThat(usernames(north, "staff?max=100"))
                .contains("both", "north-nurse", "north-owner", "north-staff")
                .doesNotContain("south-staff", "south-owner", "visitor");
        for (var stranger : List.of("south-staff", "south-owner", "visitor")) {
            assertIsNotThere(north.get(of(stranger, "sessions")));
            assertIsNotThere(north.post(of(stranger, "sessions/end"), "{\"scope\":\"all\"}"));
            assertIsNotThere(north.post(of(stranger, "offboard"), "{}"));
        }
        assertIsNotThere(north.get("staff?clinic=south"));
        assertIsNotThere(north.get("settings?clinic=south"));
        assertIsNotThere(north.get("staff?clinic=nowhere"));
        assertThat(north.get(of("north-staff", "sessions?clinic=north")).status())
                .isEqualTo(200);
    }

    @Test
    void whoOwnsOneClinicIsOnlyStaffInTheOther() {
        var both = OwnersApi.of(REALM, "both");

        assertThat(usernames(both, "staff?max=100")).contains("north-staff").doesNotContain("south-staff");
        assertThat(both.get(of("north-staff", "sessions")).status()).isEqualTo(200);
        assertIsNotThere(both.get(of("south-staff", "sessions")));
        assertIsNotThere(both.get("staff?clinic=south"));
        assertIsNotThere(both.get("settings?clinic=south"));
        assertThat(both.get("settings").status()).as("of the only one").isEqualTo(200);
        assertThat(OwnersApi.of(REALM, "south-owner")
                        .get(of("both", "sessions"))
                        .status())
                .as("an owner of another clinic is staff of this one")
                .isEqualTo(200);
    }

    @Test
    void whoOwnsSeveralNamesTheClinic() {
        var api = OwnersApi.of(REALM, "of-two");

        assertThat(usernames(api, "staff?max=100")).contains("north-staff", "south-staff");
        assertThat(usernames(api, "staff?max=100&clinic=south"))
                .contains("south-staff")
                .doesNotContain("north-staff");
        assertIsNotThere(api.get(of("north-staff", "sessions?clinic=south")));
        assertThat(api.get(of("north-staff", "sessions")).status()).isEqualTo(200);
        assertThat(api.get("settings?clinic=south").status()).isEqualTo(200);
        for (var answer : List.of(api.get("settings"), api.put("settings", "{\"optOutAllowed\":false}"))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("clinic");
        }
    }

    @Test
    void theTokenHasToCarryTheRole() {
        assertThat(status("north-owner", "openid"))
                .as("without the scope organization there is no role in the token")
                .isEqualTo(403);
        assertThat(status("north-owner", "openid organization:north")).isEqualTo(200);
        assertThat(status("north-owner", "openid organization"))
                .as("a member of one organization only")
                .isEqualTo(200);
        assertThat(status("of-two", "openid organization:south")).isEqualTo(200);
        assertThat(usernames(
                        new OwnersApi(REALM, REALM.tokens().signIn("of-two", "openid organization:south", Map.of())),
                        "staff?max=100"))
                .as("of those whose role the token carries")
                .contains("south-staff")
                .doesNotContain("north-staff");
    }

    @Test
    void aRealmRoleMakesNobodyAnOwnerOfAnOrganization() {
        REALM.addUser("realm-role", "R", "Ole");
        CLINICS.join("north", "realm-role");
        var role = REALM.admin().roles().get("clinic-owner").toRepresentation();
        REALM.user("realm-role").roles().realmLevel().add(List.of(role));

        assertThat(OwnersApi.of(REALM, "realm-role").get("staff").status()).isEqualTo(403);
    }

    @Test
    void aRoleThatContainsItIsAsGood() {
        REALM.addUser("by-composite", "C", "Omposite");
        REALM.admin().roles().create(new RoleRepresentation("head", null, false));
        REALM.admin()
                .roles()
                .get("head")
                .addComposites(List.of(REALM.admin().roles().get("clinic-owner").toRepresentation()));
        var heads = CLINICS.group("north", null, "heads");
        CLINICS.mapRole("north", heads, "head");
        CLINICS.join("north", "by-composite");
        CLINICS.joinGroup("north", heads, "by-composite");

        assertThat(OwnersApi.of(REALM, "by-composite").get("staff").status()).isEqualTo(200);
    }

    /** Keycloak's mapper writes the roles of the very groups of a person, not those of the groups above. */
    @Test
    void ofAGroupBelowTheOwnersNoTokenCarriesTheRole() {
        REALM.addUser("below", "B", "Elow");
        var deputies = CLINICS.group("south", CLINICS.owners("south"), "deputies");
        CLINICS.join("south", "below");
        CLINICS.joinGroup("south", deputies, "below");
        var token = REALM.tokens().signInToClinics("below");

        assertThat(token.claims().at("/organization/south/groups"))
                .extracting(JsonNode::asText)
                .containsExactly("/owners/deputies");
        assertThat(token.claims().at("/organization/south").has("realm_access")).isFalse();
        assertThat(new OwnersApi(REALM, token).get("staff").status()).isEqualTo(403);
    }

    @Test
    void whatIsTakenAwayIsGoneAtOnce() {
        REALM.addUser("former", "F", "Ormer");
        CLINICS.join("north", "former");
        var before = OwnersApi.of(REALM, "former");
        CLINICS.joinOwners("north", "former");
        assertThat(before.get("staff").status()).as("the token is of before").isEqualTo(403);
        var owner = OwnersApi.of(REALM, "former");
        assertThat(owner.get("staff").status()).isEqualTo(200);

        CLINICS.leaveOwners("north", "former");

        assertThat(owner.get("staff").status()).isEqualTo(403);
    }

    @Test
    void anOrganizationThatIsDisabledIsNoClinic() {
        CLINICS.create("west");
        REALM.addUser("west-owner", "W", "Est");
        CLINICS.join("west", "west-owner");
        CLINICS.joinOwners("west", "west-owner");
        var owner = OwnersApi.of(REALM, "west-owner");
        assertThat(owner.get("staff").status()).isEqualTo(200);

        CLINICS.change("west", organization -> organization.setEnabled(false));

        assertThat(owner.get("staff").status()).isEqualTo(403);
    }

    @Test
    void aLightweightTokenIsAsGood() {
        var app = REALM.admin().clients().findByClientId(Tokens.APP).get(0);
        app.getAttributes().put("client.use.lightweight.access.token.enabled", "true");
        REALM.admin().clients().get(app.getId()).update(app);
        try {
            var token = REALM.tokens().signInToClinics("north-owner");
            assertThat(token.claims().has("organization")).isFalse();
            var api = new OwnersApi(REALM, token);
            assertThat(usernames(api, "staff?max=100")).contains("north-staff").doesNotContain("south-staff");
            REALM.tokens().signIn("north-nurse");
            assertThat(api.post(of("north-nurse", "sessions/end"), "{\"scope\":\"all\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(status("north-owner", "openid")).isEqualTo(403);
        } finally {
            app.getAttributes().put("client.use.lightweight.access.token.enabled", "false");
            REALM.admin().clients().get(app.getId()).update(app);
        }
    }

    @Test
    void offboardingLeavesTheOtherClinicAlone() {
        REALM.addUser("shared", "S", "Hared");
        CLINICS.join("north", "shared");
        CLINICS.join("south", "shared");
        var session = REALM.tokens().signIn("shared");
        REALM.admin().clearAdminEvents();

        assertThat(ok(OwnersApi.of(REALM, "of-two").post(of("shared", "offboard?clinic=north"), "{}")))
                .isEqualTo(Http.parse("{\"ended\":1,\"disabled\":false}"));

        assertThat(REALM.tokens().introspect(session)).isFalse();
        assertThat(REALM.user("shared").toRepresentation().isEnabled()).isTrue();
        assertThat(REALM.ledgerOf("shared"))
                .filteredOn(row -> "ENDED_BY_OWNER".equals(row.cause()))
                .singleElement()
                .extracting(LedgerRow::clinicIds)
                .as("the row names the clinic that was left, too")
                .asString()
                .contains(REALM.organizationId("north"), REALM.organizationId("south"));
        assertIsNotThere(OwnersApi.of(REALM, "north-owner").get(of("shared", "sessions")));
        var south = OwnersApi.of(REALM, "south-owner");
        assertThat(south.get(of("shared", "sessions")).status()).isEqualTo(200);
        var event = events("ORGANIZATION_MEMBERSHIP").get(0);
        assertThat(event.getOperationType()).isEqualTo("DELETE");
        assertThat(event.getResourcePath())
                .isEqualTo("organizations/" + REALM.organizationId("north") + "/members/" + REALM.userId("shared"));
        assertThat(event.getAuthDetails().getUserId()).isEqualTo(REALM.userId("of-two"));
        assertThat(event.getAuthDetails().getRealmId()).isEqualTo(REALM.id());

        assertThat(ok(south.post(of("shared", "offboard"), "{}")))
                .as("no other clinic is left")
                .isEqualTo(Http.parse("{\"ended\":0,\"disabled\":true}"));
        assertThat(REALM.user("shared").toRepresentation().isEnabled()).isFalse();
    }

    @Test
    void twoOwnersAtOnceLeaveNobodyEnabledWithoutAClinic() {
        for (var round = 0; round < 3; round++) {
            var name = "left-by-both-" + round;
            REALM.addUser(name, "L", "Eft");
            CLINICS.join("north", name);
            CLINICS.join("south", name);

            var answers = List.of("north-owner", "south-owner").parallelStream()
                    .map(owner -> OwnersApi.of(REALM, owner).post(of(name, "offboard"), "{}"))
                    .toList();

            // whoever comes second may find that the person is not theirs any more
            assertThat(answers).extracting(Http.Answer::status).contains(200).isSubsetOf(200, 404);
            assertThat(REALM.user(name).toRepresentation().isEnabled()).isFalse();
        }
    }

    @Test
    void offboardingFromAllOfTheOwnersClinics() {
        REALM.addUser("of-all", "O", "Fall");
        CLINICS.join("north", "of-all");
        CLINICS.join("south", "of-all");

        assertThat(ok(OwnersApi.of(REALM, "of-two").post(of("of-all", "offboard"), "{}")))
                .isEqualTo(Http.parse("{\"ended\":0,\"disabled\":true}"));
    }

    @Test
    void anotherOwnerOfTheClinicIsNotOffboarded() {
        assertThat(OwnersApi.of(REALM, "north-owner")
                        .post(of("both", "offboard"), "{}")
                        .status())
                .isEqualTo(409);
        assertThat(OwnersApi.of(REALM, "of-two")
                        .post(of("both", "offboard"), "{}")
                        .status())
                .as("of one of several")
                .isEqualTo(409);
        assertThat(OwnersApi.of(REALM, "of-two")
                        .post(of("of-two", "offboard?clinic=north"), "{}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void eachClinicHasItsOwnSetting() {
        var user = REALM.user("north-nurse").toRepresentation();
        user.setAttributes(Map.of("sessionVisibility", List.of("private")));
        REALM.user("north-nurse").update(user);
        var north = OwnersApi.of(REALM, "north-owner");
        assertThat(visibility(north, "north-nurse")).isEqualTo("optedOut");
        REALM.admin().clearAdminEvents();
        try {
            var settings = ok(north.put("settings", "{\"optOutAllowed\":false,\"idleTimeoutMinutes\":30}"));

            assertThat(settings.path("optOutAllowed").asBoolean(true)).isFalse();
            assertThat(ok(OwnersApi.of(REALM, "south-owner").get("settings"))
                            .path("optOutAllowed")
                            .asBoolean())
                    .isTrue();
            assertThat(visibility(north, "north-nurse")).isEqualTo("visible");
            assertThat(events("CLINIC_SETTINGS")).singleElement().satisfies(event -> {
                assertThat(event.getResourcePath()).isEqualTo("clinics/" + REALM.organizationId("north") + "/settings");
                assertThat(event.getAuthDetails().getUserId()).isEqualTo(REALM.userId("north-owner"));
            });
            var refused = north.put("settings", "{\"accessTokenSeconds\":90,\"optOutAllowed\":true}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("accessTokenSeconds");
            assertThat(visibility(north, "north-nurse"))
                    .as("nothing was written")
                    .isEqualTo("visible");
        } finally {
            ok(north.put("settings", "{\"optOutAllowed\":true,\"idleTimeoutMinutes\":15}"));
        }
    }

    @Test
    void applicationsThatTheOwnerMayNotKnowHaveNoName() {
        var other = REALM.admin().clients().findByClientId(Tokens.APP).get(0);
        other.setId(null);
        other.setClientId("south-secret");
        other.setName("South's own");
        other.getProtocolMappers().forEach(mapper -> mapper.setId(null));
        REALM.admin().clients().create(other).close();
        Http.postForm(
                REALM.url() + "/protocol/openid-connect/token",
                Map.of(),
                Map.of("client_id", "south-secret", "grant_type", "password", "username", "both", "password", "both"));

        var answer = OwnersApi.of(REALM, "north-owner").get(of("both", "sessions"));

        assertThat(answer.body()).doesNotContain("south-secret", "South's own");
        var clients = ok(answer).path("sessions").findValues("clients");
        assertThat(clients)
                .anySatisfy(one -> assertThat(one).isEqualTo(Http.parse("[{\"clientId\":null,\"name\":null}]")));
    }

    private static int status(String username, String scope) {
        return new OwnersApi(REALM, REALM.tokens().signIn(username, scope, Map.of()))
                .get("staff")
                .status();
    }

    private static String visibility(OwnersApi api, String username) {
        return ok(api.get(of(username, "sessions"))).path("visibility").asText();
    }

    private static String of(String username, String path) {
        return "staff/" + REALM.userId(username) + "/" + path;
    }

    private static List<String> usernames(OwnersApi api, String path) {
        return ok(api.get(path)).path("staff").findValuesAsText("username");
    }

    private static List<AdminEventRepresentation> events(String resourceType) {
        return Awaitility.await()
                .until(
                        () -> REALM.admin().getAdminEvents().stream()
                                .filter(event -> event.getResourceType().equals(resourceType))
                                .toList(),
                        found -> !found.isEmpty());
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertIsNotThere(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.json()).isEqualTo(Http.parse("{\"status\":404,\"title\":\"Not Found\"}"));
    }
}
