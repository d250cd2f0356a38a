package io.github.clinicsessions.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Organizations of a realm and their groups, by Keycloak's Admin REST API. */
final class Organizations {

    private final TestRealm realm;

    Organizations(TestRealm realm) {
        this.realm = realm;
    }

    /** A further one without members, whose group {@code owners} has the role {@code clinic-owner}. */
    void create(String alias) {
        var organization = new OrganizationRepresentation();
        organization.setName(alias);
        organization.setAlias(alias);
        realm.admin().organizations().create(organization).close();
        mapRole(alias, group(alias, null, "owners"), "clinic-owner");
    }

    void change(String alias, Consumer<OrganizationRepresentation> edit) {
        var organization = realm.admin().organizations().get(realm.organizationId(alias));
        var representation = organization.toRepresentation();
        edit.accept(representation);
        organization.update(representation).close();
    }

    void join(String alias, String username) {
        realm.admin()
                .organizations()
                .get(realm.organizationId(alias))
                .members()
                .addMember(realm.userId(username))
                .close();
    }

    /** Makes a member an owner. */
    void joinOwners(String alias, String username) {
        joinGroup(alias, owners(alias), username);
    }

    void leaveOwners(String alias, String username) {
        send("DELETE", alias, "/groups/" + owners(alias) + "/members/" + realm.userId(username), null);
    }

    void joinGroup(String alias, String groupId, String username) {
        send("PUT", alias, "/groups/" + groupId + "/members/" + realm.userId(username), null);
    }

    /** Its id. */
    String group(String alias, @Nullable String parentId, String name) {
        var path = parentId == null ? "/groups" : "/groups/" + parentId + "/children";
        return send("POST", alias, path, "{\"name\":\"" + name + "\"}")
                .json()
                .path("id")
                .asText();
    }

    void mapRole(String alias, String groupId, String role) {
        var one = realm.admin().roles().get(role).toRepresentation();
        send(
                "POST",
                alias,
                "/groups/" + groupId + "/role-mappings/realm",
                "[{\"id\":\"" + one.getId() + "\",\"name\":\"" + role + "\"}]");
    }

    /** The id of the group {@code owners}. */
    String owners(String alias) {
        for (JsonNode group : send("GET", alias, "/groups", null).json()) {
            if (group.path("name").asText().equals("owners")) {
                return group.path("id").asText();
            }
        }
        throw new IllegalStateException("no owners of " + alias);
    }

    private Answer send(String method, String alias, String path, @Nullable String body) {
        var answer = Http.bearer(
                method,
                realm.server().url() + "/admin/realms/" + realm.name() + "/organizations/" + realm.organizationId(alias)
                        + path,
                realm.server().adminToken(),
                body);
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(Map.of(path, answer.status()) + " " + answer.body());
        }
        return answer;
    }
}
