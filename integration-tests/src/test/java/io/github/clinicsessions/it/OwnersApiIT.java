package io.github.clinicsessions.it;

import static io.github.clinicsessions.it.OwnersApi.assertIsNotThere;
import static io.github.clinicsessions.it.OwnersApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An owner's REST calls where the realm is the clinic, but for {@link OwnersPersonApiIT}: settings, and what is true of all calls. */
class OwnersApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static final OwnersEvents EVENTS = new OwnersEvents(REALM);

    private static TokenSet owner = new TokenSet("", "", "");
    private static OwnersApi api = new OwnersApi(REALM, owner);

    @BeforeAll
    static void staleTokens() {
        OwnersApi.offerStaleTokens(REALM);
    }

    @BeforeEach
    void onlyTheOwnerIsSignedIn() {
        REALM.admin()
                .users()
                .list()
                .forEach(user -> REALM.user(user.getUsername()).logout());
        owner = REALM.tokens().signIn("owner");
        api = new OwnersApi(REALM, owner);
        REALM.admin().clearAdminEvents();
    }

    @Test
    void anOldSignInSeesButChangesNothingAndIsToldNothing() {
        var nurse = REALM.tokens().signIn("nurse");
        var stale = new OwnersApi(REALM, REALM.tokens().signIn("owner", "openid " + OwnersApi.STALE, Map.of()));

        assertThat(stale.get(of("nurse", "sessions")).status()).isEqualTo(200);
        assertThat(stale.get("settings").status()).isEqualTo(200);
        for (var answer : List.of(
                stale.delete(of("nurse", "sessions/" + nurse.sessionId())),
                stale.delete("staff/nobody/sessions/x"),
                stale.post(of("nurse", "sessions/end"), "{"),
                stale.post("staff/nobody/sessions/end", "{\"scope\":\"all\"}"),
                stale.post(of("nurse", "offboard"), "{}"),
                stale.post("staff/nobody/offboard?clinic=elsewhere", "{}"),
                stale.put("settings", "{\"idleTimeoutMinutes\":20}"),
                stale.put("settings?clinic=elsewhere", "{"))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("Bearer error=\"insufficient_user_authentication\", error_description=\""
                            + "The sign-in must not be older than 15 minutes\", max_age=\"900\"");
            assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(1);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.body())
                    .isEqualTo(stale.post("staff/nobody/offboard", "{}").body());
        }
        assertThat(REALM.tokens().introspect(nurse)).isTrue();
        assertThat(REALM.user("nurse").toRepresentation().isEnabled()).isTrue();
        assertThat(setting("idleTimeoutMinutes").asInt()).isEqualTo(30);
    }

    @Test
    void withoutManageAccountTheySeeButChangeNothing() {
        REALM.addUser("viewing-owner", "V", "Iewer");
        REALM.onlyAccountRole("viewing-owner", "view-profile");
        var role = REALM.admin().roles().get("clinic-owner").toRepresentation();
        REALM.user("viewing-owner").roles().realmLevel().add(List.of(role));
        var viewing = new OwnersApi(REALM, REALM.tokens().signIn("viewing-owner"));

        assertThat(viewing.get("staff").status()).isEqualTo(200);
        assertThat(viewing.get(of("nurse", "sessions")).status()).isEqualTo(200);
        assertThat(viewing.post(of("nurse", "sessions/end"), "{\"scope\":\"all\"}")
                        .status())
                .isEqualTo(403);
        assertThat(viewing.put("settings", "{}").status()).isEqualTo(403);
    }

    @Test
    void aRealmThatIsTheClinicHasNoNamedOnes() {
        for (var path : List.of("staff", of("nurse", "sessions"), "settings")) {
            assertIsNotThere(api.get(path + "?clinic=clinic"));
            assertThat(api.get(path + "?clinic=").status()).as("as if left out").isEqualTo(200);
            assertThat(api.get(path).status()).isEqualTo(200);
        }
        assertIsNotThere(api.put("settings?clinic=clinic", "{}"));
    }

    @Test
    void readsAndChangesSettings() {
        assertThat(ok(api.get("settings")))
                .isEqualTo(Http.parse(
                        "{\"idleTimeoutMinutes\":30,\"idleTimeoutReason\":null,\"roleIdleTimeoutMinutes\":{},"
                                + "\"maxHours\":12,\"accessTokenSeconds\":60,\"optOutAllowed\":true,\"maxSessions\":null,\"limitBehavior\":\"choose\",\"countries\":[],"
                                + "\"endSessionsOnPasswordChange\":true,\"notifyOwner\":false,\"ledgerYears\":6}"));
        try {
            var changed = ok(api.put(
                    "settings", "{\"idleTimeoutMinutes\":45,\"optOutAllowed\":false,\"accessTokenSeconds\":60}"));

            assertThat(changed.path("idleTimeoutMinutes").asInt()).isEqualTo(45);
            assertThat(changed.path("optOutAllowed").asBoolean(true)).isFalse();
            assertThat(changed).isEqualTo(ok(api.get("settings")));
            assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout())
                    .isEqualTo(45 * 60);
            assertThat(ok(api.get(of("private", "sessions"))).path("visibility").asText())
                    .isEqualTo("visible");
            assertThat(SettingRows.of(REALM, "idleTimeoutMinutes", null)).last().satisfies(row -> {
                assertThat(SettingRows.detail(row, "old")).isEqualTo("30");
                assertThat(SettingRows.detail(row, "new")).isEqualTo("45");
                assertThat(row.actorType()).isEqualTo("OWNER");
            });
            var event = EVENTS.one("CLINIC_SETTINGS");
            assertThat(event.getOperationType()).isEqualTo("UPDATE");
            assertThat(event.getResourcePath()).isEqualTo("clinics/" + REALM.id() + "/settings");
            assertThat(Http.parse(event.getRepresentation()))
                    .isEqualTo(Http.parse("{\"idleTimeoutMinutes\":45,\"optOutAllowed\":false}"));
            EVENTS.assertIsOwners(event);
        } finally {
            ok(api.put("settings", "{\"idleTimeoutMinutes\":30,\"optOutAllowed\":true}"));
        }
    }

    @Test
    void aLimitOfSessionsComesAndGoes() {
        var rows = SettingRows.of(REALM).size();

        var limited = ok(api.put("settings", "{\"maxSessions\":3,\"limitBehavior\":\"deny\"}"));

        assertThat(limited.path("maxSessions").asInt()).isEqualTo(3);
        assertThat(limited.path("limitBehavior").asText()).isEqualTo("deny");
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .containsEntry("clinicSessions.maxSessions", "3")
                .containsEntry("clinicSessions.limitBehavior", "deny");

        ok(api.put("settings", ok(api.get("settings")).toString()));
        var unlimited = ok(api.put("settings", "{\"maxSessions\":null,\"limitBehavior\":null}"));

        assertThat(unlimited.path("maxSessions").isNull()).isTrue();
        assertThat(unlimited.path("limitBehavior").asText()).isEqualTo("choose");
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .doesNotContainKeys("clinicSessions.maxSessions", "clinicSessions.limitBehavior");
        assertThat(SettingRows.of(REALM).stream().skip(rows))
                .extracting(row -> row.actorType() + " " + SettingRows.detail(row, "setting") + " "
                        + SettingRows.detail(row, "old") + " " + SettingRows.detail(row, "new"))
                .containsExactlyInAnyOrder(
                        "OWNER maxSessions - 3",
                        "OWNER limitBehavior choose deny",
                        "OWNER maxSessions 3 -",
                        "OWNER limitBehavior deny choose");
    }

    @Test
    void countriesComeAndGoAndOwnersAreNotified() {
        var rows = SettingRows.of(REALM).size();

        var set = ok(api.put("settings", "{\"countries\":[\"us\",\"DE\",\"de\"],\"notifyOwner\":true}"));

        assertThat(set.path("countries")).isEqualTo(Http.parse("[\"DE\",\"US\"]"));
        assertThat(set.path("notifyOwner").asBoolean()).isTrue();
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .containsEntry("clinicSessions.countries", "DE,US")
                .containsEntry("clinicSessions.notifyOwner", "true");

        ok(api.put("settings", ok(api.get("settings")).toString()));
        var none = ok(api.put("settings", "{\"countries\":[],\"notifyOwner\":false}"));

        assertThat(none.path("countries")).isEqualTo(Http.parse("[]"));
        assertThat(REALM.admin().toRepresentation().getAttributes()).doesNotContainKey("clinicSessions.countries");
        assertThat(SettingRows.of(REALM).stream().skip(rows))
                .extracting(row -> row.actorType() + " " + SettingRows.detail(row, "setting") + " "
                        + SettingRows.detail(row, "old") + " " + SettingRows.detail(row, "new"))
                .containsExactlyInAnyOrder(
                        "OWNER countries - DE,US",
                        "OWNER notifyOwner false true",
                        "OWNER countries DE,US -",
                        "OWNER notifyOwner true false");
    }

    @Test
    void whatChangesNothingLeavesNoTrace() {
        var rows = SettingRows.of(REALM).size();

        ok(api.put("settings", "{}"));
        ok(api.put("settings", ok(api.get("settings")).toString()));

        assertThat(SettingRows.of(REALM)).hasSize(rows);
        assertThat(EVENTS.all("CLINIC_SETTINGS")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"idleTimeoutMinutes\":0}|idleTimeoutMinutes",
                "{\"idleTimeoutMinutes\":241,\"optOutAllowed\":false}|idleTimeoutMinutes",
                "{\"idleTimeoutMinutes\":45,\"optOutAllowed\":1}|optOutAllowed",
                "{\"idleTimeoutMinutes\":\"45\"}|idleTimeoutMinutes",
                "{\"idleTimeoutMinutes\":45.0}|idleTimeoutMinutes",
                "{\"idleTimeoutMinutes\":null}|idleTimeoutMinutes",
                "{\"idleTimeoutMinutes\":45,\"countries\":[\"DE\",\"ZZ\"]}|countries",
                "{\"countries\":\"DE\",\"notifyOwner\":null}|countries notifyOwner",
                "{\"countries\":{\"DE\":1}}|countries",
                "{\"maxSessions\":0,\"limitBehavior\":\"newest\"}|maxSessions limitBehavior",
                "{\"maxSessions\":101}|maxSessions",
                "{\"maxSessions\":\"3\",\"limitBehavior\":\"deny\"}|maxSessions",
                "{\"idleTimeoutMinutes\":0,\"x\":1,\"optOutAllowed\":\"no\"}|idleTimeoutMinutes x optOutAllowed",
                "{\"idleTimeoutMinutes\":45,\"idleTimeoutMinutes\":50}|body",
                "{\"idleTimeoutReason\":\"a\\nb\"}|idleTimeoutReason",
                "{\"idleTimeoutMinutes\":61}|idleTimeoutReason",
                "{\"idleTimeoutMinutes\":61,\"idleTimeoutReason\":\" \"}|idleTimeoutReason",
                "{\"roleIdleTimeoutMinutes\":{\"front-desk\":0,\"nurse\":5}}|roleIdleTimeoutMinutes.front-desk",
                "{\"roleIdleTimeoutMinutes\":{\"front-desk\":5,\"nobody\":5}}|roleIdleTimeoutMinutes.nobody",
                "{\"roleIdleTimeoutMinutes\":[]}|roleIdleTimeoutMinutes",
                "[]|body",
                "45|body",
                "``|body",
            })
    void badSettingsAreAllNamedAndNothingIsWritten(String body, String fields) {
        var answer = api.put("settings", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder(fields.split(" "));
        assertThat(setting("idleTimeoutMinutes").asInt()).isEqualTo(30);
        assertThat(setting("optOutAllowed").asBoolean()).isTrue();
        assertThat(setting("maxSessions").isNull()).isTrue();
        if (body.contains("241")) {
            assertThat(answer.json().at("/errors/0/message").asText()).contains("1 to 240");
        }
        if (body.contains("101")) {
            assertThat(answer.json().at("/errors/0/message").asText()).contains("1 to 100");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"maxHours|8", "accessTokenSeconds|90", "endSessionsOnPasswordChange|false", "ledgerYears|7"})
    void whatIsTheRealmsIsForItsAdministrators(String key, String value) {
        var answer = api.put("settings", "{\"idleTimeoutMinutes\":45,\"" + key + "\":" + value + "}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(key);
        assertThat(answer.json().path("errors")).hasSize(1);
        assertThat(setting("idleTimeoutMinutes").asInt()).isEqualTo(30);
    }

    @Test
    void everythingThatIsWrongWithAListIsNamed() {
        var answer = api.get("staff?search=" + "x".repeat(101) + "&first=-1&max=101");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("search", "first", "max");
        assertThat(answer.json().at("/errors/2/message").asText()).contains("1 to 100");
    }

    @Test
    void browsersOfAllowedOriginsMayCall() {
        for (var path : List.of(
                "staff",
                of("nurse", "sessions"),
                of("nurse", "sessions/abc"),
                of("nurse", "sessions/end"),
                "settings")) {
            var preflight = Http.send(
                    "OPTIONS",
                    REALM.api(path),
                    Map.of("Origin", "http://localhost:3000", "Access-Control-Request-Method", "PUT"),
                    null);
            assertThat(preflight.status()).as(path).isEqualTo(200);
            assertThat(preflight.header("Access-Control-Allow-Methods")).contains("PUT", "DELETE");
        }
        var stale = REALM.tokens().signIn("owner", "openid " + OwnersApi.STALE, Map.of());
        var refused = Http.send(
                "POST",
                REALM.api(of("nurse", "offboard")),
                Map.of("Origin", "http://localhost:3000", "Authorization", "Bearer " + stale.accessToken()),
                null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
        assertThat(refused.header("Access-Control-Expose-Headers")).contains("WWW-Authenticate");
        assertThat(api.get("staff").header("Cache-Control")).isEqualTo("no-store");
    }

    private static String of(String username, String path) {
        return "staff/" + REALM.userId(username) + "/" + path;
    }

    private static JsonNode setting(String key) {
        return ok(api.get("settings")).path(key);
    }
}
