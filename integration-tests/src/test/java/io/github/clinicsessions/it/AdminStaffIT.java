package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The admin REST calls about staff: of every clinic, for whom Keycloak's roles let, with opting out respected. */
class AdminStaffIT {

    private static final String ALL = "{\"scope\":\"all\"}";

    @RegisterExtension
    static final TestRealm CLINICS = TestRealm.clinics();

    @RegisterExtension
    static final TestRealm CLINIC = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock();

    @Test
    void everybodyOfTheRealmIsListedAndAClinicByItsAlias() {
        AdminApi.grant(CLINICS, "south-doctor", "view-events");
        var admin = AdminApi.of(CLINICS);

        assertThat(names(admin.get("staff")))
                .containsExactly(
                        "both",
                        "north-nurse",
                        "north-owner",
                        "north-staff",
                        "south-doctor",
                        "south-owner",
                        "south-staff",
                        "visitor");
        assertThat(names(admin.get("staff?clinic=south")))
                .containsExactly("both", "south-doctor", "south-owner", "south-staff");
        assertThat(names(admin.get("staff?search=nurse"))).containsExactly("north-nurse");
        var second = admin.get("staff?first=1&max=1");
        assertThat(names(second)).containsExactly("north-nurse");
        assertThat(second.json().path("total").asInt()).isEqualTo(8);
        assertThat(second.header("Cache-Control")).contains("no-store");
        assertThat(admin.get("staff?clinic=west").status()).isEqualTo(404);
    }

    @Test
    void badInputIsRefusedAsTheOwnersCallsDo() {
        var answer = AdminApi.of(CLINICS).get("staff?first=-1&max=101");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("first", "max");
    }

    @Test
    void sessionsAreSeenAndThePersonCanSeeThatTheyWere() {
        CLINICS.tokens().signIn("south-staff", Device.FIREFOX_ON_WINDOWS.userAgent(), "192.0.2.7");
        var id = CLINICS.userId("south-staff");

        var answer = AdminApi.of(CLINICS).get("staff/" + id + "/sessions");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("visibility").asText()).isEqualTo("visible");
        assertThat(answer.json().at("/sessions/0/ipAddress").asText()).isEqualTo("192.0.2.7");
        assertThat(answer.json().at("/sessions/0/current").asBoolean(true)).isFalse();
        assertThat(CLINICS.ledger()
                        .await(
                                CLINICS.id(),
                                id,
                                rows -> rows.stream()
                                        .anyMatch(row -> row.action().equals("SESSIONS_VIEWED"))))
                .filteredOn(row -> row.action().equals("SESSIONS_VIEWED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.actorType()).isEqualTo("ADMIN");
                    assertThat(row.actorName()).isEqualTo("admin");
                });
        assertThat(AdminApi.of(CLINICS)
                        .get("staff/" + id + "/sessions?clinic=north")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void oneSessionEndsAndAnotherStays() {
        var first = CLINICS.tokens().signIn("north-nurse");
        var second = CLINICS.tokens().signIn("north-nurse");
        var id = CLINICS.userId("north-nurse");
        var admin = AdminApi.of(CLINICS);

        assertThat(admin.delete("staff/" + id + "/sessions/" + first.sessionId())
                        .status())
                .isEqualTo(204);

        assertThat(CLINICS.tokens().introspect(first)).isFalse();
        assertThat(CLINICS.tokens().introspect(second)).isTrue();
        assertThat(admin.delete("staff/" + id + "/sessions/" + first.sessionId())
                        .status())
                .as("idempotent")
                .isEqualTo(204);
        var other = CLINICS.userId("north-staff");
        assertThat(admin.delete("staff/" + other + "/sessions/" + second.sessionId())
                        .status())
                .as("another person's")
                .isEqualTo(404);
        assertThat(CLINICS.tokens().introspect(second)).isTrue();
        assertThat(CLINICS.ledgerOf("north-nurse"))
                .filteredOn(row -> "ENDED_BY_ADMIN".equals(row.cause()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.actorName()).isEqualTo("admin");
                    assertThat(row.sessionRef()).isEqualTo(Ledger.reference(first.sessionId()));
                });
        assertThat(CLINICS.admin().getAdminEvents())
                .filteredOn(event -> "CLINIC_SESSION".equals(event.getResourceType()))
                .singleElement()
                .satisfies(event -> assertThat(event.getResourcePath())
                        .isEqualTo("users/" + id + "/sessions/" + first.sessionId()));
    }

    @Test
    void whoHasOptedOutIsCountedAndEndedBlind() {
        var tokens = CLINIC.tokens().signIn("private");
        CLINIC.tokens().signIn("private");
        var id = CLINIC.userId("private");
        var admin = AdminApi.of(CLINIC);

        var listed = people(admin.get("staff?search=private")).get(0);
        assertThat(listed.path("visibility").asText()).isEqualTo("optedOut");
        assertThat(listed.path("sessionCount").asInt()).isEqualTo(2);
        assertThat(listed.path("lastActiveAt").isNull()).isTrue();
        assertThat(admin.get("staff/" + id + "/sessions").json().toString())
                .isEqualTo("{\"visibility\":\"optedOut\",\"sessionCount\":2}");
        assertThat(admin.delete("staff/" + id + "/sessions/" + tokens.sessionId())
                        .status())
                .isEqualTo(404);
        assertThat(admin.post("staff/" + id + "/sessions/end", "{\"scope\":\"others\"}")
                        .status())
                .isEqualTo(400);

        var ended = admin.post("staff/" + id + "/sessions/end", ALL);

        assertThat(ended.json().toString()).isEqualTo("{\"ended\":2}");
        assertThat(CLINIC.tokens().introspect(tokens)).isFalse();
    }

    @Test
    void rolesOfUsersDecide() {
        CLINIC.tokens().signIn("staff");
        AdminApi.grant(CLINIC, "doctor", "view-users");
        AdminApi.grant(CLINIC, "nurse", "manage-users");
        AdminApi.grant(CLINIC, "owner", "view-realm", "manage-realm", "view-events");
        var person = "staff/" + CLINIC.userId("staff") + "/sessions";

        var viewer = AdminApi.of(CLINIC, "doctor");
        assertThat(viewer.get("staff").status()).isEqualTo(200);
        assertThat(viewer.get(person).status()).isEqualTo(200);
        assertThat(viewer.post(person + "/end", ALL).status()).isEqualTo(404);
        assertThat(viewer.delete(person + "/some-session").status()).isEqualTo(404);
        assertThat(CLINIC.sessionCount("staff")).isEqualTo(1);

        var other = AdminApi.of(CLINIC, "owner");
        for (var answer : List.of(other.get("staff"), other.get(person), other.post(person + "/end", ALL))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }

        var manager = AdminApi.of(CLINIC, "nurse");
        assertThat(manager.get("staff").status()).isEqualTo(200);
        assertThat(manager.post(person + "/end", ALL).json().path("ended").asInt())
                .isEqualTo(1);
        assertThat(AdminApi.withToken(CLINIC, "none").get("staff").status()).isEqualTo(401);
        assertThat(AdminApi.withToken(CLINICS, CLINIC.tokens().signIn("nurse").accessToken())
                        .get("staff")
                        .status())
                .as("another realm's administrator")
                .isIn(401, 403);
    }

    @Test
    void aFineGrainedPermissionGivesOnePersonOnly() {
        CLINICS.tokens().signIn("south-owner");
        CLINICS.tokens().signIn("both");
        CLINICS.update(realm -> realm.setAdminPermissionsEnabled(true));
        AdminApi.grant(CLINICS, "visitor", "query-users");
        letView("visitor", "south-owner");
        var visitor = AdminApi.of(CLINICS, "visitor");

        assertThat(visitor.get("staff").status()).isEqualTo(404);
        assertThat(visitor.get("staff/" + CLINICS.userId("south-owner") + "/sessions")
                        .status())
                .isEqualTo(200);
        assertThat(visitor.get("staff/" + CLINICS.userId("both") + "/sessions").status())
                .isEqualTo(404);
        assertThat(visitor.post("staff/" + CLINICS.userId("south-owner") + "/sessions/end", ALL)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRealmThatIsOffHasNoStaffCalls() {
        var admin = AdminApi.of(OFF);
        var id = OFF.userId("staff");

        assertThat(List.of(
                        admin.get("staff").status(),
                        admin.get("staff/" + id + "/sessions").status(),
                        admin.post("staff/" + id + "/sessions/end", ALL).status()))
                .containsOnly(404);
    }

    /** By Keycloak's fine-grained admin permissions. */
    private static void letView(String administrator, String person) {
        var clients = CLINICS.admin().clients();
        var authorization = CLINICS.server().url() + "/admin/realms/" + CLINICS.name() + "/clients/"
                + clients.findByClientId("admin-permissions").get(0).getId() + "/authz/resource-server/";
        post(authorization + "policy/user", Map.of("name", "one", "users", Set.of(CLINICS.userId(administrator))));
        post(
                authorization + "permission/scope",
                Map.of(
                        "name", "view one",
                        "resourceType", "Users",
                        "resources", Set.of(CLINICS.userId(person)),
                        "scopes", Set.of("view"),
                        "policies", Set.of("one")));
    }

    private static void post(String url, Map<String, ?> body) {
        var answer = Http.bearer(
                "POST",
                url,
                CLINICS.server().adminToken(),
                Http.JSON.valueToTree(body).toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static List<String> names(Answer answer) {
        return people(answer).stream()
                .map(person -> person.path("username").asText())
                .toList();
    }

    private static List<JsonNode> people(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("staff").spliterator(), false)
                .toList();
    }
}
