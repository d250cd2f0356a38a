package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What switching a realm on would change, told beforehand to whoever may see the realm's settings. */
class PreflightIT {

    @RegisterExtension
    static final TestRealm HIGH = AccessTokenBoundIT.high(TestRealm.stock());

    @RegisterExtension
    static final TestRealm FINE = TestRealm.stock();

    @Test
    void listsEveryValueChangesNothingAndComesTrue() {
        var answer = preflight(HIGH, HIGH.server().adminToken());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().path("sessionsThatWouldEnd").asInt(-1)).isZero();
        assertThat(changes(answer))
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        change("realm", "null", "accessTokenLifespan", "600"),
                        change("realm", "null", "accessTokenLifespanForImplicitFlow", "900"),
                        change("client", "\"clinic-app\"", "access.token.lifespan", "-1"),
                        change("client", "\"clinic-api\"", "access.token.lifespan", "1200"));
        assertThat(HIGH.admin().toRepresentation().getAccessTokenLifespan()).isEqualTo(600);
        assertThat(AccessTokenBoundIT.override(HIGH, Tokens.APP)).isEqualTo("-1");
        assertThat(SettingRows.of(HIGH)).isEmpty();

        HIGH.update(realm -> realm.setEventsListeners(List.of("jboss-logging", "clinic-sessions")));

        assertThat(SettingRows.of(HIGH)).hasSize(4);
        assertThat(changes(preflight(HIGH, HIGH.server().adminToken()))).isEmpty();
    }

    @Test
    void theDemoRealmLosesNothing() {
        assertThat(changes(preflight(FINE, FINE.server().adminToken()))).isEmpty();
    }

    @Test
    void isForWhoeverMaySeeTheRealmsSettings() {
        grant("nurse", "view-realm");
        grant("doctor", "view-users");

        assertThat(preflight(FINE, token("nurse")).status()).isEqualTo(200);
        for (var other : List.of("doctor", "staff")) {
            var answer = preflight(FINE, token(other));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
        assertThat(preflight(FINE, "no-token").status()).isEqualTo(401);
    }

    @Test
    void anotherRealmsAdministratorLearnsNothing() {
        grant("owner", "realm-admin");

        assertThat(preflight(FINE, token("owner")).status()).isEqualTo(200);
        assertThat(preflight(HIGH, token("owner")).status()).isEqualTo(403);
    }

    private static String change(String where, String client, String setting, String now) {
        return "{\"where\":\"%s\",\"client\":%s,\"setting\":\"%s\",\"now\":\"%s\",\"then\":\"120\",\"unit\":\"seconds\"}"
                .formatted(where, client, setting, now);
    }

    private static List<JsonNode> changes(Answer answer) {
        return StreamSupport.stream(answer.json().path("changes").spliterator(), false)
                .toList();
    }

    private static Answer preflight(TestRealm realm, String token) {
        return Http.bearer(
                "GET",
                realm.server().url() + "/admin/realms/" + realm.name() + "/clinic-sessions/preflight",
                token,
                null);
    }

    private static String token(String username) {
        return FINE.tokens().signIn(username).accessToken();
    }

    private static void grant(String username, String role) {
        var management =
                FINE.admin().clients().findByClientId("realm-management").get(0).getId();
        FINE.user(username)
                .roles()
                .clientLevel(management)
                .add(List.of(
                        FINE.admin().clients().get(management).roles().get(role).toRepresentation()));
    }
}
