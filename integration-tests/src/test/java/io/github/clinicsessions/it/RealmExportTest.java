package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The demo realms are as the README tells them. */
class RealmExportTest {

    private final JsonNode realm = read(Project.demoRealm());
    private final JsonNode clinics = read(Project.demoRealmOfClinics());

    @Test
    void theRealmIsSwitchedOn() {
        assertThat(realm.path("realm").asText()).isEqualTo("clinic");
        assertThat(realm.path("eventsListeners"))
                .extracting(JsonNode::asText)
                .containsExactly("jboss-logging", "clinic-sessions");
        assertThat(realm.path("accountTheme").asText()).isEqualTo("clinic");
        assertThat(realm.path("supportedLocales")).extracting(JsonNode::asText).containsExactly("en", "de", "ar");
    }

    @Test
    void lifespansAreWithinTheBounds() {
        assertThat(realm.path("ssoSessionIdleTimeout").asInt()).isEqualTo(30 * 60);
        assertThat(realm.path("ssoSessionMaxLifespan").asInt()).isEqualTo(12 * 60 * 60);
        assertThat(realm.path("accessTokenLifespan").asInt()).isEqualTo(60);
    }

    @Test
    void theFlowsEndWithALimitOfSessionsThatIsNotSet() {
        for (var file : List.of(realm, clinics)) {
            for (var binding : List.of("browserFlow", "directGrantFlow")) {
                var flow = StreamSupport.stream(file.path("authenticationFlows").spliterator(), false)
                        .filter(one -> one.path("alias").equals(file.path(binding)))
                        .findFirst()
                        .orElseThrow();
                assertThat(flow.path("topLevel").asBoolean()).isTrue();
                var last = flow.path("authenticationExecutions")
                        .get(flow.path("authenticationExecutions").size() - 1);
                assertThat(last.path("authenticator").asText()).isEqualTo("clinic-session-limit");
                assertThat(last.path("requirement").asText()).isEqualTo("REQUIRED");
                assertThat(last.has("authenticatorConfig")).isFalse();
            }
            assertThat(file.toString()).doesNotContain("clinicSessions.maxSessions");
        }
    }

    @Test
    void thePeopleAreThereAndCanSignIn() {
        var users = StreamSupport.stream(realm.path("users").spliterator(), false)
                .filter(user -> !user.has("serviceAccountClientId"))
                .toList();

        assertThat(users)
                .extracting(user -> user.path("username").asText())
                .containsExactlyInAnyOrder("owner", "staff", "nurse", "private", "doctor");
        assertThat(users).allSatisfy(user -> {
            assertThat(user.at("/credentials/0/value").asText())
                    .isEqualTo(user.path("username").asText());
            assertThat(user.at("/credentials/0/temporary").asBoolean(true)).isFalse();
            assertThat(user.at("/realmRoles/0").asText()).isEqualTo("default-roles-clinic");
            assertThat(user.path("emailVerified").asBoolean()).isTrue();
        });
    }

    @Test
    void onlyTheOwnerOwnsAndOnlyPrivateIsOptedOut() {
        var owners = new ArrayList<String>();
        var optedOut = new ArrayList<String>();
        for (var user : realm.path("users")) {
            var name = user.path("username").asText();
            user.path("realmRoles").forEach(role -> {
                if (role.asText().equals("clinic-owner")) {
                    owners.add(name);
                }
            });
            if (user.at("/attributes/sessionVisibility/0").asText().equals("private")) {
                optedOut.add(name);
            }
        }

        assertThat(owners).containsExactly("owner");
        assertThat(optedOut).containsExactly("private");
    }

    @Test
    void onlyTheApiReadsTheFeed() {
        var readers = StreamSupport.stream(realm.path("users").spliterator(), false)
                .filter(user -> StreamSupport.stream(user.path("realmRoles").spliterator(), false)
                        .anyMatch(role -> role.asText().equals("clinic-api")))
                .toList();

        assertThat(readers)
                .extracting(user -> user.path("serviceAccountClientId").asText())
                .containsExactly(Tokens.API);
    }

    @Test
    void theClientsAreThere() {
        assertThat(realm.path("clients"))
                .extracting(client -> client.path("clientId").asText())
                .containsExactlyInAnyOrder(Tokens.APP, Tokens.API);
    }

    @Test
    void noKeysAreShipped() {
        for (var one : List.of(realm, clinics)) {
            assertThat(one.path("components").has("org.keycloak.keys.KeyProvider"))
                    .isFalse();
            assertThat(one.has("privateKey")).isFalse();
        }
    }

    @Test
    void theRealmOfClinicsDiffersInWhoIsThereAndInTheClinics() {
        assertThat(clinics.path("realm").asText()).isEqualTo("clinics");
        assertThat(clinics.path("organizationsEnabled").asBoolean()).isTrue();
        assertThat(common(clinics)).isEqualTo(common(realm));
        assertThat(clinics.path("clients"))
                .extracting(client -> client.path("clientId").asText())
                .containsExactlyInAnyOrder(Tokens.APP, Tokens.API);
    }

    private static JsonNode common(JsonNode realm) {
        ObjectNode copy = realm.deepCopy();
        copy.remove(List.of(
                "realm", "displayName", "organizationsEnabled", "smtpServer", "users", "clients", "organizations"));
        return copy;
    }

    @Test
    void eachClinicHasItsOwnersAndItsStaff() {
        assertThat(clinics.path("organizations"))
                .extracting(clinic -> clinic.path("alias").asText())
                .containsExactly("north", "south");
        assertThat(membersOf(0)).containsExactly("north-owner*", "both*", "north-staff", "north-nurse");
        assertThat(membersOf(1)).containsExactly("south-owner*", "both", "south-staff", "south-doctor");
        assertThat(clinics.at("/organizations/0/groups/1/realmRoles"))
                .extracting(JsonNode::asText)
                .containsExactly("front-desk");
        for (var clinic : clinics.path("organizations")) {
            assertThat(clinic.at("/groups/0/realmRoles"))
                    .extracting(JsonNode::asText)
                    .containsExactly("clinic-owner");
        }
    }

    @Test
    void thePeopleOfTheClinicsCanSignInAndNobodyOwnsByARealmRole() {
        var users = StreamSupport.stream(clinics.path("users").spliterator(), false)
                .filter(user -> !user.has("serviceAccountClientId"))
                .toList();

        assertThat(users)
                .extracting(user -> user.path("username").asText())
                .containsExactlyInAnyOrder(
                        "north-owner",
                        "south-owner",
                        "both",
                        "north-staff",
                        "north-nurse",
                        "south-staff",
                        "south-doctor",
                        "visitor");
        assertThat(users).allSatisfy(user -> {
            assertThat(user.at("/credentials/0/value").asText())
                    .isEqualTo(user.path("username").asText());
            assertThat(user.path("realmRoles")).extracting(JsonNode::asText).containsExactly("default-roles-clinics");
        });
    }

    /** User names in the order of the file, with an asterisk for who is in the owners' group. */
    private List<String> membersOf(int clinic) {
        var organization = clinics.path("organizations").path(clinic);
        var owners = organization.at("/groups/0/id").asText();
        return StreamSupport.stream(organization.path("members").spliterator(), false)
                .map(member -> member.path("username").asText()
                        + (member.at("/groups/0").asText().equals(owners) ? "*" : ""))
                .toList();
    }

    private static JsonNode read(Path file) {
        try {
            return Http.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
