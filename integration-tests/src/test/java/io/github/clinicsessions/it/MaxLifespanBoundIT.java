package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.PartialImportRepresentation;

/** Sessions last 24 hours at most, or what the realm's setting says: through the doors of {@link IdleBoundIT}. */
class MaxLifespanBoundIT {

    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final String OVERRIDE = "client.session.max.lifespan";
    private static final String OUR_SETTING = "clinicSessions.maxHours";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm BY_SWITCH = high(TestRealm.stock());

    @RegisterExtension
    static final TestRealm BY_IMPORT =
            high(TestRealm.clinic()).with(json -> json.putObject("attributes").put(OUR_SETTING, "8"));

    @BeforeEach
    void asInTheDemo() {
        var clients = REALM.admin().clients();
        clients.findAll().stream()
                .filter(client -> Set.of("made", "imported").contains(client.getClientId()))
                .forEach(client -> clients.get(client.getId()).remove());
        REALM.update(realm -> {
            realm.setRememberMe(true);
            realm.setSsoSessionMaxLifespan(12 * HOUR);
            realm.setSsoSessionMaxLifespanRememberMe(0);
            realm.setClientSessionMaxLifespan(0);
            realm.getAttributes().remove(OUR_SETTING);
        });
    }

    @Test
    void theRealmsOwn() {
        var before = SettingRows.of(REALM).size();

        REALM.update(realm -> {
            realm.setSsoSessionMaxLifespan(DAY + 1);
            realm.setSsoSessionMaxLifespanRememberMe(30 * DAY);
            realm.setClientSessionMaxLifespan(DAY + 2);
        });

        assertThat(lives(REALM)).containsExactly(DAY, DAY, DAY);
        assertThat(SettingRows.of(REALM).subList(before, SettingRows.of(REALM).size()))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(row -> SettingRows.detail(row, "setting") + " " + SettingRows.change(row))
                .containsExactlyInAnyOrder(
                        "ssoSessionMaxLifespan 86401→86400",
                        "ssoSessionMaxLifespanRememberMe 2592000→86400",
                        "clientSessionMaxLifespan 86402→86400");
    }

    @Test
    void aClientMadeChangedAndImported() {
        REALM.update(realm -> realm.setSsoSessionMaxLifespan(DAY));
        ClientAttributes.create(REALM, "made", OVERRIDE, "86401");
        assertThat(ClientAttributes.get(REALM, "made", OVERRIDE)).isEqualTo("86400");
        ClientAttributes.set(REALM, "made", OVERRIDE, "900");
        assertThat(ClientAttributes.get(REALM, "made", OVERRIDE)).isEqualTo("900");
        var file = new PartialImportRepresentation();
        file.setIfResourceExists("OVERWRITE");
        file.setClients(List.of(ClientAttributes.client("imported", OVERRIDE, "99999")));
        try (Response response = REALM.admin().partialImport(file)) {
            assertThat(response.getStatus()).isEqualTo(200);
        }
        assertThat(ClientAttributes.get(REALM, "imported", OVERRIDE)).isEqualTo("86400");
        assertThat(SettingRows.of(REALM, OVERRIDE, "made"))
                .extracting(SettingRows::change)
                .containsExactly("86401→86400");
    }

    /** Zero is Keycloak's ten hours, where it is not "not set". */
    @Test
    void ourSettingSetsItLower() {
        REALM.update(realm -> {
            realm.setSsoSessionMaxLifespan(0);
            realm.getAttributes().put(OUR_SETTING, "10");
        });
        assertThat(lives(REALM)).containsExactly(0, 0, 0);

        REALM.update(realm -> realm.getAttributes().put(OUR_SETTING, "9"));
        assertThat(lives(REALM)).containsExactly(9 * HOUR, 0, 0);
        REALM.update(realm -> realm.getAttributes().put(OUR_SETTING, "20"));
        assertThat(lives(REALM)).as("nothing is raised").containsExactly(9 * HOUR, 0, 0);
        REALM.update(realm -> realm.getAttributes().put(OUR_SETTING, "99"));
        assertThat(REALM.admin().toRepresentation().getAttributes()).containsEntry(OUR_SETTING, "24");
    }

    @Test
    void ourCallsRaiseItToo() {
        var admin = AdminApi.of(REALM);
        REALM.update(realm -> realm.setSsoSessionMaxLifespanRememberMe(14 * HOUR));

        assertThat(admin.put("settings", "{\"maxHours\":13}")
                        .json()
                        .path("maxHours")
                        .asInt())
                .isEqualTo(13);

        assertThat(lives(REALM)).containsExactly(13 * HOUR, 13 * HOUR, 0);
        assertThat(admin.put("settings", "{\"maxHours\":25}").status()).isEqualTo(400);
        REALM.update(realm -> realm.setSsoSessionMaxLifespan(5400));
        assertThat(admin.get("settings").json().path("maxHours").asInt())
                .as("an hour that has begun")
                .isEqualTo(2);
    }

    @Test
    void anImportedRealmAndOneThatIsSwitchedOn() {
        assertThat(lives(BY_IMPORT)).containsExactly(8 * HOUR, 8 * HOUR, 8 * HOUR);
        assertThat(ClientAttributes.get(BY_IMPORT, Tokens.APP, OVERRIDE)).isEqualTo("28800");

        var past = BY_SWITCH.tokens().signIn("nurse");
        var within = BY_SWITCH.tokens().signIn("staff");
        began(past, DAY + HOUR);
        began(within, DAY - HOUR);
        assertThat(BY_SWITCH.tokens().introspect(past)).isTrue();
        assertThat(PreflightIT.sessionsThatWouldEnd(BY_SWITCH)).isEqualTo(1);

        BY_SWITCH.update(realm -> realm.setEventsListeners(List.of("jboss-logging", "clinic-sessions")));

        assertThat(lives(BY_SWITCH)).containsExactly(DAY, DAY, DAY);
        assertThat(ClientAttributes.get(BY_SWITCH, Tokens.APP, OVERRIDE)).isEqualTo("86400");
        assertThat(BY_SWITCH.tokens().introspect(past)).isFalse();
        assertThat(BY_SWITCH.tokens().introspect(within)).isTrue();
        assertThat(PreflightIT.sessionsThatWouldEnd(BY_SWITCH)).isZero();
        assertThat(BY_SWITCH.admin().toRepresentation().getOfflineSessionMaxLifespan())
                .as("offline access is left alone")
                .isEqualTo(60 * DAY);
    }

    private static TestRealm high(TestRealm realm) {
        return realm.with(json -> {
            json.put("ssoSessionMaxLifespan", 2 * DAY);
            json.put("ssoSessionMaxLifespanRememberMe", 3 * DAY);
            json.put("clientSessionMaxLifespan", 2 * DAY);
            json.put("offlineSessionMaxLifespanEnabled", true);
            json.put("offlineSessionMaxLifespan", 60 * DAY);
            for (var client : json.path("clients")) {
                if (client.path("clientId").asText().equals(Tokens.APP)) {
                    ((ObjectNode) client).withObject("/attributes").put(OVERRIDE, "172800");
                }
            }
        });
    }

    /** Of the realm, of people who are to be remembered, and of clients. */
    private static List<Integer> lives(TestRealm realm) {
        var stored = realm.admin().toRepresentation();
        return List.of(
                stored.getSsoSessionMaxLifespan(),
                stored.getSsoSessionMaxLifespanRememberMe(),
                stored.getClientSessionMaxLifespan());
    }

    /** As if the session, and its client's part, had begun that long ago. */
    private static void began(TokenSet tokens, int secondsAgo) {
        var then = (int) (System.currentTimeMillis() / 1000) - secondsAgo;
        assertThat(BY_SWITCH
                        .server()
                        .database()
                        .update(
                                "UPDATE OFFLINE_USER_SESSION SET CREATED_ON = ? WHERE USER_SESSION_ID = ?",
                                then,
                                tokens.sessionId()))
                .isPositive();
    }
}
