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
    static final TestRealm LONG = TestRealm.stock()
            .with(json -> json.put("ssoSessionIdleTimeout", 36_000)
                    .put("rememberMe", true)
                    .put("ssoSessionIdleTimeoutRememberMe", 72_000)
                    .put("ssoSessionMaxLifespanRememberMe", 40 * 3600));

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
    void saysWhatIsMinutes() {
        LONG.update(realm -> {
            realm.getAttributes().remove("clinicSessions.boundOffline");
            realm.getAttributes().remove("clinicSessions.maxHours");
            realm.getAttributes().put("clinicSessions.idleTimeoutMinutes", "9999");
        });

        assertThat(changes(preflight(LONG, LONG.server().adminToken())))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"where\":\"realm\",\"client\":null,\"setting\":\"clinicSessions.idleTimeoutMinutes\","
                                + "\"now\":\"9999\",\"then\":\"240\",\"unit\":\"minutes\"}",
                        "{\"where\":\"realm\",\"client\":null,\"setting\":\"ssoSessionIdleTimeout\","
                                + "\"now\":\"36000\",\"then\":\"14400\",\"unit\":\"seconds\"}",
                        "{\"where\":\"realm\",\"client\":null,\"setting\":\"ssoSessionIdleTimeoutRememberMe\","
                                + "\"now\":\"72000\",\"then\":\"14400\",\"unit\":\"seconds\"}",
                        "{\"where\":\"realm\",\"client\":null,\"setting\":\"ssoSessionMaxLifespanRememberMe\","
                                + "\"now\":\"144000\",\"then\":\"86400\",\"unit\":\"seconds\"}");
    }

    /** The realm's sessions last 10 hours unused, 20 where people are to be remembered, and 12 (or 40) hours in all. */
    @Test
    void countsTheSessionsThatWouldEnd() {
        assertThat(sessionsThatWouldEnd(LONG)).isZero();
        var within = session("staff");
        age(within, "LAST_SESSION_REFRESH", 4 * 3600 - 300);
        assertThat(sessionsThatWouldEnd(LONG)).as("within the bound").isZero();
        age(session("staff"), "LAST_SESSION_REFRESH", 4 * 3600 + 1);
        assertThat(sessionsThatWouldEnd(LONG)).isEqualTo(1);

        age(session("nurse"), "LAST_SESSION_REFRESH", 11 * 3600);
        assertThat(sessionsThatWouldEnd(LONG)).as("has ended already").isEqualTo(1);
        var old = session("nurse");
        age(old, "LAST_SESSION_REFRESH", 5 * 3600);
        age(old, "CREATED_ON", 13 * 3600);
        assertThat(sessionsThatWouldEnd(LONG)).as("its life is over").isEqualTo(1);

        var remembered = session("doctor");
        remember(remembered);
        age(remembered, "LAST_SESSION_REFRESH", 15 * 3600);
        age(remembered, "CREATED_ON", 30 * 3600);
        assertThat(sessionsThatWouldEnd(LONG)).as("remembered").isEqualTo(2);
        LONG.update(realm -> realm.setRememberMe(false));
        assertThat(sessionsThatWouldEnd(LONG)).as("no longer remembered").isEqualTo(1);

        var offline = LONG.tokens().signInOffline("owner").sessionId();
        age(offline, "LAST_SESSION_REFRESH", 10 * 24 * 3600);
        assertThat(sessionsThatWouldEnd(LONG)).as("offline is not bounded").isEqualTo(1);
        LONG.update(realm -> realm.getAttributes().put("clinicSessions.boundOffline", "true"));
        assertThat(sessionsThatWouldEnd(LONG)).as("offline is bounded").isEqualTo(2);

        LONG.update(realm -> realm.getAttributes().put("clinicSessions.idleTimeoutMinutes", "235"));
        assertThat(sessionsThatWouldEnd(LONG)).as("the realm's own bound").isEqualTo(3);

        var lasting = session("doctor");
        age(lasting, "CREATED_ON", 9 * 3600);
        assertThat(sessionsThatWouldEnd(LONG)).isEqualTo(3);
        LONG.update(realm -> realm.getAttributes().put("clinicSessions.maxHours", "8"));
        assertThat(sessionsThatWouldEnd(LONG)).as("goes on for too long").isEqualTo(4);
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

    /** As the realm stands now. */
    static int sessionsThatWouldEnd(TestRealm realm) {
        return preflight(realm, realm.server().adminToken())
                .json()
                .path("sessionsThatWouldEnd")
                .asInt(-1);
    }

    private static String session(String username) {
        return LONG.tokens().signIn(username).sessionId();
    }

    private static void remember(String sessionId) {
        LONG.server()
                .database()
                .update("UPDATE OFFLINE_USER_SESSION SET REMEMBER_ME = TRUE WHERE USER_SESSION_ID = ?", sessionId);
    }

    /** As if it had been that long ago. */
    private static void age(String sessionId, String column, int seconds) {
        LONG.server()
                .database()
                .update(
                        "UPDATE OFFLINE_USER_SESSION SET " + column + " = ? WHERE USER_SESSION_ID = ?",
                        (int) (System.currentTimeMillis() / 1000) - seconds,
                        sessionId);
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
