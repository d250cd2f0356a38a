package io.github.clinicsessions.it;

import static io.github.clinicsessions.it.FeedIT.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** REST {@code ended}: whom it tells. */
class FeedRightsIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm STOCK = TestRealm.stock();

    private String token = "";

    @BeforeEach
    void theApiHasAToken() {
        token = REALM.tokens().serviceAccount().accessToken();
    }

    @Test
    void withoutAValidTokenThereIsNothing() {
        assertThat(Http.get(REALM.api("ended")).status()).isEqualTo(401);
        assertThat(Http.get(REALM.api("ended")).header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(get(REALM, "garbage", "", Map.of()).status()).isEqualTo(401);
        assertThat(get(REALM, REALM.server().adminToken(), "", Map.of()).status())
                .as("a token of another realm")
                .isEqualTo(401);
    }

    @Test
    void peopleGetTheAnswerOfWhatDoesNotExistEvenWithTheRole() {
        assertIsNotThere(get(REALM, REALM.tokens().signIn("owner").accessToken(), "", Map.of()));

        var role = REALM.admin().roles().get("clinic-api").toRepresentation();
        REALM.user("nurse").roles().realmLevel().add(List.of(role));
        assertIsNotThere(get(REALM, REALM.tokens().signIn("nurse").accessToken(), "", Map.of()));
    }

    @Test
    void withoutTheRoleThereIsNothingAtOnce() {
        var role = REALM.admin().roles().get("clinic-api").toRepresentation();
        var roles = REALM.user("service-account-clinic-api").roles().realmLevel();

        roles.remove(List.of(role));
        try {
            assertIsNotThere(ended(""));
            var without = REALM.tokens().serviceAccount().accessToken();
            roles.add(List.of(role));
            assertIsNotThere(get(REALM, without, "", Map.of()));
            assertThat(ended("").status()).isEqualTo(200);
        } finally {
            roles.add(List.of(role));
        }
    }

    @Test
    void aClientThatIsDisabledIsRefused() {
        var client = REALM.admin().clients().findByClientId(Tokens.API).get(0);
        client.setEnabled(false);
        REALM.admin().clients().get(client.getId()).update(client);
        try {
            assertThat(ended("").status()).isEqualTo(401);
        } finally {
            client.setEnabled(true);
            REALM.admin().clients().get(client.getId()).update(client);
        }
    }

    @Test
    void aLightweightTokenIsAsGood() {
        var client = REALM.admin().clients().findByClientId(Tokens.API).get(0);
        client.getAttributes().put("client.use.lightweight.access.token.enabled", "true");
        REALM.admin().clients().get(client.getId()).update(client);
        try {
            var lightweight = REALM.tokens().serviceAccount();
            assertThat(lightweight.claims().has("realm_access")).isFalse();
            assertThat(get(REALM, lightweight.accessToken(), "", Map.of()).status())
                    .isEqualTo(200);
        } finally {
            client.getAttributes().put("client.use.lightweight.access.token.enabled", "false");
            REALM.admin().clients().get(client.getId()).update(client);
        }
    }

    @Test
    void aRealmThatIsNotOnHasNoFeed() {
        assertIsNotThere(get(STOCK, STOCK.tokens().serviceAccount().accessToken(), "", Map.of()));
    }

    private Answer ended(String query) {
        return get(REALM, token, query, Map.of());
    }

    private static void assertIsNotThere(Answer answer) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json()).isEqualTo(Http.parse("{\"status\":404,\"title\":\"Not Found\"}"));
    }
}
