package io.github.clinicsessions.it;

import static io.github.clinicsessions.it.OwnersApi.assertIsNotThere;
import static io.github.clinicsessions.it.OwnersApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An owner's REST calls about one person where the realm is the clinic: what they tell, what they end, and what is written of it. */
class OwnersPersonApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static final OwnersEvents EVENTS = new OwnersEvents(REALM);

    private static TokenSet owner = new TokenSet("", "", "");
    private static OwnersApi api = new OwnersApi(REALM, owner);

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
        var event = EVENTS.one("CLINIC_SESSION");
        assertThat(event.getOperationType()).isEqualTo("DELETE");
        assertThat(event.getResourcePath())
                .isEqualTo("users/" + REALM.userId("nurse") + "/sessions/" + ended.sessionId());
        assertThat(event.getRepresentation()).isEqualTo("{\"ended\":1}");
        EVENTS.assertIsOwners(event);

        assertThat(api.delete(of("nurse", "sessions/" + ended.sessionId())).status())
                .as("again")
                .isEqualTo(204);
        assertThat(EVENTS.all("CLINIC_SESSION")).as("nothing was done").hasSize(1);
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
        var event = EVENTS.one("CLINIC_SESSION");
        assertThat(event.getOperationType()).isEqualTo("DELETE");
        assertThat(event.getResourcePath()).isEqualTo("users/" + REALM.userId(person) + "/sessions");
        assertThat(event.getRepresentation()).isEqualTo("{\"ended\":2}");
        EVENTS.assertIsOwners(event);
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
        var event = EVENTS.one("USER");
        assertThat(event.getOperationType()).isEqualTo("UPDATE");
        assertThat(event.getResourcePath()).isEqualTo("users/" + REALM.userId("leaver"));
        assertThat(event.getRepresentation()).isEqualTo("{\"enabled\":false}");
        EVENTS.assertIsOwners(event);
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

    private static String of(String username, String path) {
        return "staff/" + REALM.userId(username) + "/" + path;
    }
}
