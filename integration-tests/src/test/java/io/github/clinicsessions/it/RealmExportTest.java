package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The demo realm is as the README tells it. */
class RealmExportTest {

    private final JsonNode realm = read();

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
        assertThat(realm.path("components").has("org.keycloak.keys.KeyProvider"))
                .isFalse();
        assertThat(realm.has("privateKey")).isFalse();
    }

    private static JsonNode read() {
        try {
            return Http.parse(Files.readString(Project.demoRealm()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
