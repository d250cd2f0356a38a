package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clinicsessions.it.Http.Answer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** REST {@code staff} where organizations are the clinics: who is on an owner's list, and towards whom opting out holds. */
class StaffOfOrganizationsIT {

    private static final String OWNER_OF_ALL = "every-owner";

    /** North lets people opt out, south does not. */
    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics().with(realm -> {
        var users = (ArrayNode) realm.path("users");
        var ownerOfAll = users.addObject();
        ownerOfAll.setAll((ObjectNode) named(users, "username", "north-owner").deepCopy());
        ownerOfAll.put("username", OWNER_OF_ALL).put("email", OWNER_OF_ALL + "@clinic.example");
        ((ObjectNode) ownerOfAll.at("/credentials/0")).put("value", OWNER_OF_ALL);
        for (var name : Set.of("both", "north-nurse", "south-doctor")) {
            ((ObjectNode) named(users, "username", name))
                    .putObject("attributes")
                    .putArray("sessionVisibility")
                    .add("private");
        }
        for (var organization : realm.path("organizations")) {
            var member = ((ArrayNode) organization.path("members")).addObject();
            member.put("username", OWNER_OF_ALL).put("membershipType", "UNMANAGED");
            member.putArray("groups").add(organization.at("/groups/0/id"));
        }
        ((ObjectNode) named(realm.path("organizations"), "alias", "south"))
                .putObject("attributes")
                .putArray("clinicSessions.optOutAllowed")
                .add("false");
    });

    @Test
    void anOwnerSeesTheMembersOfTheirClinicOnly() {
        assertThat(visibilities("north-owner", "").keySet())
                .containsExactly("both", OWNER_OF_ALL, "north-nurse", "north-owner", "north-staff");
        assertThat(visibilities("south-owner", "").keySet())
                .containsExactly("both", OWNER_OF_ALL, "south-doctor", "south-owner", "south-staff");
    }

    @Test
    void theOwnerOfSeveralSeesEachPersonOnce() {
        assertThat(visibilities(OWNER_OF_ALL, "").keySet())
                .containsExactly(
                        "both",
                        OWNER_OF_ALL,
                        "north-nurse",
                        "north-owner",
                        "north-staff",
                        "south-doctor",
                        "south-owner",
                        "south-staff");
        assertThat(visibilities(OWNER_OF_ALL, "?clinic=south")).isEqualTo(visibilities("south-owner", ""));
    }

    @Test
    void whoOwnsOneAndIsStaffInAnotherSeesTheOneOnly() {
        assertThat(visibilities("both", "")).isEqualTo(visibilities("north-owner", ""));
    }

    @Test
    void optingOutHoldsTowardsThoseWhoAllowIt() {
        assertThat(visibilities("north-owner", ""))
                .containsEntry("both", "optedOut")
                .containsEntry("north-nurse", "optedOut")
                .containsEntry("north-staff", "visible");
        assertThat(visibilities("south-owner", "").values()).containsOnly("visible");
        assertThat(visibilities(OWNER_OF_ALL, ""))
                .as("one that does not allow it sees")
                .containsEntry("both", "visible")
                .containsEntry("north-nurse", "optedOut")
                .containsEntry("south-doctor", "visible");
    }

    @Test
    void theSearchStaysWithinTheClinic() {
        assertThat(visibilities("north-owner", "?search=south")).isEmpty();
        assertThat(visibilities("north-owner", "?search=nurse").keySet()).containsExactly("north-nurse");
    }

    @Test
    void staffHaveNoList() {
        assertThat(get("north-staff", "").status()).isEqualTo(403);
        assertThat(get("visitor", "").status()).isEqualTo(403);
    }

    private static JsonNode named(JsonNode array, String field, String name) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(one -> one.path(field).asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> visibilities(String username, String query) {
        var answer = get(username, query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var staff = answer.json().path("staff");
        var found = new TreeMap<String, String>();
        staff.forEach(member -> found.put(
                member.path("username").asText(), member.path("visibility").asText()));
        assertThat(staff).hasSize(found.size());
        assertThat(answer.json().path("total").asInt()).isEqualTo(found.size());
        return found;
    }

    private static Answer get(String username, String query) {
        var token = REALM.tokens().signInToClinics(username).accessToken();
        return Http.bearer("GET", REALM.api("staff" + query), token, null);
    }
}
