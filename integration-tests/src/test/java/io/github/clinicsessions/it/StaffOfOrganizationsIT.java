package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** REST {@code staff} where organizations are the clinics: the members of the caller's, and towards whom opting out holds. */
class StaffOfOrganizationsIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(json -> json.put("organizationsEnabled", true));

    @BeforeAll
    static void organizations() {
        for (var name : List.of("inboth", "insouth")) {
            REALM.addUser(name, "O", "Ptout");
            var user = REALM.user(name).toRepresentation();
            user.setAttributes(Map.of("sessionVisibility", List.of("private")));
            REALM.user(name).update(user);
        }
        REALM.addUser("southowner", "S", "Outh");
        REALM.addUser("nobody", "N", "Owhere");
        var clinicOwner = REALM.admin().roles().get("clinic-owner").toRepresentation();
        for (var name : List.of("southowner", "nobody")) {
            REALM.user(name).roles().realmLevel().add(List.of(clinicOwner));
        }
        organization("north", Map.of(), "owner", "nurse", "private", "inboth");
        organization(
                "south",
                Map.of("clinicSessions.optOutAllowed", List.of("false")),
                "owner",
                "southowner",
                "nurse",
                "inboth",
                "insouth");
        organization("west", Map.of(), "doctor");
    }

    @Test
    void listsEachMemberOfAnyOfThemOnce() {
        assertThat(visibilities("owner").keySet())
                .containsExactly("inboth", "insouth", "nurse", "owner", "private", "southowner");
        assertThat(visibilities("southowner").keySet())
                .isEqualTo(Set.of("inboth", "insouth", "nurse", "owner", "southowner"));
    }

    @Test
    void optingOutHoldsTowardsThoseWhoAllowIt() {
        assertThat(visibilities("owner"))
                .containsEntry("private", "optedOut")
                .containsEntry("inboth", "visible")
                .containsEntry("insouth", "visible")
                .containsEntry("nurse", "visible");
    }

    @Test
    void whoBelongsToNoneSeesNobody() {
        assertThat(visibilities("nobody")).isEmpty();
    }

    private static Map<String, String> visibilities(String username) {
        var answer = Http.bearer(
                "GET", REALM.api("staff"), REALM.tokens().signIn(username).accessToken(), null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var found = new TreeMap<String, String>();
        answer.json()
                .path("staff")
                .forEach(member -> found.put(
                        member.path("username").asText(),
                        member.path("visibility").asText()));
        assertThat(answer.json().path("total").asInt()).isEqualTo(found.size());
        return found;
    }

    private static void organization(String name, Map<String, List<String>> attributes, String... members) {
        var organization = new OrganizationRepresentation();
        organization.setName(name);
        organization.setAlias(name);
        organization.addDomain(new OrganizationDomainRepresentation(name + ".example"));
        organization.setAttributes(attributes);
        try (var response = REALM.admin().organizations().create(organization)) {
            assertThat(response.getStatus()).isEqualTo(201);
            var id = response.getLocation().getPath().replaceAll(".*/", "");
            for (var member : members) {
                REALM.admin()
                        .organizations()
                        .get(id)
                        .members()
                        .addMember(REALM.userId(member))
                        .close();
            }
        }
    }
}
