package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.AdminEventRepresentation;

/** An owner's REST calls where the realm is the clinic: what they tell, what they end and change, and what is written of it. */
class OwnersApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

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
    void seesTheSessionsOfAPerson() {
        var phone = REALM.tokens().signIn("nurse", Device.SAFARI_ON_IPHONE.userAgent());
        var offline = REALM.tokens().signInOffline("nurse");
        REALM.tokens().signIn("doctor");

        var answer = ok(api.get(of("nurse", "sessions")));

        assertThat(answer.path("visibility").asText()).isEqualTo("visible");
        assertThat(answer.size()).isEqualTo(2);
        assertThat(answer.path("sessions"))
                .extracting(one -> one.path("id").asText())
                .containsExactlyInAnyOrder(phone.sessionId(), offline.sessionId());
        assertThat(answer.path("sessions"))
                .allSatisfy(one -> assertThat(one.path("current").asBoolean()).isFalse());
        var session = StreamSupport.stream(answer.path("sessions").spliterator(), false)
                .filter(one -> one.path("id").asText().equals(phone.sessionId()))
                .findFirst()
                .orElseThrow();
        assertThat(session.at("/device/label").asText()).isEqualTo("Safari on iPhone");
        assertThat(session.path("ipAddress").asText()).isEqualTo("127.0.0.1");
        assertThat(session.at("/clients/0/clientId").asText()).isEqualTo(Tokens.APP);
    }

    @Test
    void lookingIsWrittenDownOncePerHour() {
        REALM.addUser("looked-at", "L", "Ooked");
        ok(api.get(of("looked-at", "sessions")));
        ok(api.get(of("looked-at", "sessions")));
        REALM.tokens().signIn("looked-at");

        var rows = REALM.ledger().await(REALM.id(), REALM.userId("looked-at"), all -> all.size() >= 2);

        assertThat(rows)
                .filteredOn(row -> row.action().equals("SESSIONS_VIEWED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.actorType()).isEqualTo("OWNER");
                    assertThat(row.actorName()).isEqualTo("owner");
                });
    }

    @Test
    void amongTheirOwnTheCurrentOneIsMarkedAndNothingIsWritten() {
        REALM.tokens().signIn("owner");

        var sessions = ok(api.get(of("owner", "sessions"))).path("sessions");

        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).path("id").asText()).isEqualTo(owner.sessionId());
        assertThat(sessions.get(0).path("current").asBoolean()).isTrue();
        assertThat(sessions.get(1).path("current").asBoolean()).isFalse();
        assertThat(REALM.ledgerOf("owner")).extracting(LedgerRow::action).doesNotContain("SESSIONS_VIEWED");
    }

    @Test
    void whoHasOptedOutIsCountedAndNothingElse() {
        REALM.tokens().signIn("private");
        REALM.tokens().signIn("private");

        assertThat(ok(api.get(of("private", "sessions"))))
                .isEqualTo(Http.parse("{\"visibility\":\"optedOut\",\"sessionCount\":2}"));
    }

    @Test
    void endsOneSession() {
        var kept = REALM.tokens().signIn("nurse");
        var ended = REALM.tokens().signIn("nurse");

        assertThat(api.delete(of("nurse", "sessions/" + ended.sessionId())).status())
                .isEqualTo(204);

        assertThat(REALM.tokens().introspect(ended)).isFalse();
        assertThat(REALM.tokens().introspect(kept)).isTrue();
        var row = REALM.ledgerOf("nurse").stream()
                .filter(one -> Ledger.reference(ended.sessionId()).equals(one.sessionRef()))
                .filter(one -> one.action().equals("SESSION_ENDED"))
                .findFirst()
                .orElseThrow();
        assertThat(row.cause()).isEqualTo("ENDED_BY_OWNER");
        assertThat(row.actorType()).isEqualTo("OWNER");
        assertThat(row.actorId()).isEqualTo(REALM.userId("owner"));
        var event = event("CLINIC_SESSION");
        assertThat(event.getOperationType()).isEqualTo("DELETE");
        assertThat(event.getResourcePath())
                .isEqualTo("users/" + REALM.userId("nurse") + "/sessions/" + ended.sessionId());
        assertThat(event.getRepresentation()).isEqualTo("{\"ended\":1}");
        assertIsOwners(event);

        assertThat(api.delete(of("nurse", "sessions/" + ended.sessionId())).status())
                .as("again")
                .isEqualTo(204);
        assertThat(events("CLINIC_SESSION")).as("nothing was done").hasSize(1);
    }

    @Test
    void aSessionThatIsNotThePersonsIsNotFound() {
        var nurse = REALM.tokens().signIn("nurse");
        var optedOut = REALM.tokens().signIn("private");

        for (var path : List.of(
                of("doctor", "sessions/" + nurse.sessionId()),
                of("nurse", "sessions/AAAAAAAAAAAAAAAAAAAAAAAA"),
                of("private", "sessions/" + optedOut.sessionId()))) {
            assertIsNotThere(api.delete(path));
        }
        assertThat(REALM.tokens().introspect(nurse)).isTrue();
        assertThat(REALM.tokens().introspect(optedOut)).isTrue();
        assertThat(api.delete(of("nurse", "sessions/a%20b"))
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nurse", "private"})
    void endsAll(String person) {
        var online = REALM.tokens().signIn(person);
        var offline = REALM.tokens().signInOffline(person);

        assertThat(ok(api.post(of(person, "sessions/end"), "{\"scope\":\"all\"}")))
                .isEqualTo(Http.parse("{\"ended\":2}"));

        assertThat(REALM.tokens().introspect(online)).isFalse();
        assertThat(REALM.tokens().refresh(offline).status()).isEqualTo(400);
        var event = event("CLINIC_SESSION");
        assertThat(event.getOperationType()).isEqualTo("DELETE");
        assertThat(event.getResourcePath()).isEqualTo("users/" + REALM.userId(person) + "/sessions");
        assertThat(event.getRepresentation()).isEqualTo("{\"ended\":2}");
        assertIsOwners(event);
        assertThat(ok(api.post(of(person, "sessions/end"), "{\"scope\":\"all\"}")))
                .isEqualTo(Http.parse("{\"ended\":0}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{}|scope", "{\"scope\":\"others\"}|scope", "{\"scope\":\"all\",\"x\":1}|x", "[1]|body", "{|body"})
    void badInputNamesItsFieldAndEndsNothing(String body, String field) {
        var nurse = REALM.tokens().signIn("nurse");

        var answer = api.post(of("nurse", "sessions/end"), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(REALM.tokens().introspect(nurse)).isTrue();
    }

    @Test
    void offboards() {
        REALM.addUser("leaver", "L", "Eaver");
        REALM.admin().clearAdminEvents();
        var online = REALM.tokens().signIn("leaver");
        REALM.tokens().signInOffline("leaver");

        assertThat(ok(api.post(of("leaver", "offboard"), "{}")))
                .isEqualTo(Http.parse("{\"ended\":2,\"disabled\":true}"));

        assertThat(REALM.tokens().introspect(online)).isFalse();
        assertThat(REALM.tokens().grant("leaver", "leaver", "openid", Map.of()).status())
                .isEqualTo(400);
        assertThat(REALM.user("leaver").toRepresentation().isEnabled()).isFalse();
        assertThat(REALM.ledgerOf("leaver"))
                .filteredOn(row -> row.action().equals("SESSION_ENDED"))
                .extracting(LedgerRow::cause)
                .containsExactly("ENDED_BY_OWNER", "ENDED_BY_OWNER");
        var event = event("USER");
        assertThat(event.getOperationType()).isEqualTo("UPDATE");
        assertThat(event.getResourcePath()).isEqualTo("users/" + REALM.userId("leaver"));
        assertThat(event.getRepresentation()).isEqualTo("{\"enabled\":false}");
        assertIsOwners(event);
        assertThat(ok(api.post(of("leaver", "offboard"), "{}")))
                .as("again")
                .isEqualTo(Http.parse("{\"ended\":0,\"disabled\":true}"));
    }

    @Test
    void nobodyOffboardsThemselvesOrAnotherOwner() {
        REALM.addUser("second-owner", "S", "Econd");
        var role = REALM.admin().roles().get("clinic-owner").toRepresentation();
        REALM.user("second-owner").roles().realmLevel().add(List.of(role));

        var self = api.post(of("owner", "offboard"), "{}");
        var other = api.post(of("second-owner", "offboard"), "{}");

        assertThat(self.status()).isEqualTo(409);
        assertThat(self.json().path("detail").asText()).contains("themselves");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("detail").asText()).contains("owner");
        assertThat(REALM.user("second-owner").toRepresentation().isEnabled()).isTrue();
        assertThat(REALM.tokens().introspect(owner)).isTrue();
    }

    @Test
    void whoAdministersKeycloakDoesNotExist() {
        var id = REALM.addUser("administrator", "A", "Dmin");
        var management = REALM.admin()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        REALM.user("administrator")
                .roles()
                .clientLevel(management)
                .add(List.of(REALM.admin()
                        .clients()
                        .get(management)
                        .roles()
                        .get("view-clients")
                        .toRepresentation()));
        var theirs = REALM.tokens().signIn("administrator");

        for (var user : List.of(
                id,
                REALM.userId("service-account-clinic-api"),
                "nobody",
                "f:x:y",
                "f:x",
                "%00",
                "x".repeat(256),
                "%20")) {
            assertIsNotThere(api.get("staff/" + user + "/sessions"));
            assertIsNotThere(api.delete("staff/" + user + "/sessions/" + theirs.sessionId()));
            assertIsNotThere(api.post("staff/" + user + "/sessions/end", "{\"scope\":\"all\"}"));
            assertIsNotThere(api.post("staff/" + user + "/offboard", "{}"));
        }
        assertThat(REALM.tokens().introspect(theirs)).isTrue();
        assertThat(REALM.user("administrator").toRepresentation().isEnabled()).isTrue();
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
                .isEqualTo(
                        Http.parse(
                                "{\"idleTimeoutMinutes\":30,\"idleTimeoutReason\":null,\"roleIdleTimeoutMinutes\":{},"
                                        + "\"maxHours\":12,\"accessTokenSeconds\":60,\"optOutAllowed\":true,\"endSessionsOnPasswordChange\":true,\"ledgerYears\":6}"));
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
            var event = event("CLINIC_SETTINGS");
            assertThat(event.getOperationType()).isEqualTo("UPDATE");
            assertThat(event.getResourcePath()).isEqualTo("clinics/" + REALM.id() + "/settings");
            assertThat(Http.parse(event.getRepresentation()))
                    .isEqualTo(Http.parse("{\"idleTimeoutMinutes\":45,\"optOutAllowed\":false}"));
            assertIsOwners(event);
        } finally {
            ok(api.put("settings", "{\"idleTimeoutMinutes\":30,\"optOutAllowed\":true}"));
        }
    }

    @Test
    void whatChangesNothingLeavesNoTrace() {
        var rows = SettingRows.of(REALM).size();

        ok(api.put("settings", "{}"));
        ok(api.put("settings", ok(api.get("settings")).toString()));

        assertThat(SettingRows.of(REALM)).hasSize(rows);
        assertThat(events("CLINIC_SETTINGS")).isEmpty();
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
                "{\"idleTimeoutMinutes\":45,\"maxHours\":12}|maxHours",
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
        if (body.contains("241")) {
            assertThat(answer.json().at("/errors/0/message").asText()).contains("1 to 240");
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

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertIsNotThere(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.json()).isEqualTo(Http.parse("{\"status\":404,\"title\":\"Not Found\"}"));
    }

    private static List<AdminEventRepresentation> events(String resourceType) {
        return REALM.admin().getAdminEvents().stream()
                .filter(event -> event.getResourceType().equals(resourceType))
                .toList();
    }

    private static AdminEventRepresentation event(String resourceType) {
        var events = events(resourceType);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static void assertIsOwners(AdminEventRepresentation event) {
        assertThat(event.getAuthDetails().getUserId()).isEqualTo(REALM.userId("owner"));
        assertThat(event.getAuthDetails().getRealmId()).isEqualTo(REALM.id());
        assertThat(event.getAuthDetails().getIpAddress()).isEqualTo("127.0.0.1");
        assertThat(event.getAuthDetails().getClientId())
                .isEqualTo(REALM.admin()
                        .clients()
                        .findByClientId(Tokens.APP)
                        .get(0)
                        .getId());
        assertThat(event.getError()).isNull();
    }
}
