package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.ClientInitialAccessCreatePresentation;
import org.keycloak.representations.idm.PartialImportRepresentation;

/**
 * Sessions last 240 minutes unused at most, through every door, in the transaction of whoever comes in; offline ones where
 * the realm says so.
 */
class IdleBoundIT {

    private static final int BOUND = 240 * 60;
    private static final int THIRTY_DAYS = 30 * 24 * 3600;

    private static final String OVERRIDE = "client.session.idle.timeout";
    private static final String OFFLINE_OVERRIDE = "client.offline.session.idle.timeout";
    private static final String OUR_SETTING = "clinicSessions.idleTimeoutMinutes";
    private static final String BOUND_OFFLINE = "clinicSessions.boundOffline";

    private static final Set<String> MADE_HERE =
            Set.of("made", "imported", "overwritten", "self-made", "phone", "longer");

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm BY_SWITCH = high(TestRealm.stock());

    @RegisterExtension
    static final TestRealm OFF = high(TestRealm.stock());

    @RegisterExtension
    static final TestRealm BY_IMPORT = high(TestRealm.clinic()).with(json -> {
        // Keycloak keeps this one among the attributes, where it can be written as such.
        json.remove("clientSessionIdleTimeout");
        json.putObject("attributes")
                .put("clientSessionIdleTimeout", "31000")
                .put(OUR_SETTING, "5")
                .put(BOUND_OFFLINE, "true");
    });

    @BeforeEach
    void asInTheDemo() {
        var clients = REALM.admin().clients();
        clients.findAll().stream()
                .filter(client -> MADE_HERE.contains(client.getClientId()))
                .forEach(client -> clients.get(client.getId()).remove());
        REALM.update(realm -> {
            realm.setRememberMe(false);
            realm.setSsoSessionIdleTimeout(1800);
            realm.setSsoSessionIdleTimeoutRememberMe(0);
            realm.setClientSessionIdleTimeout(0);
            realm.setOfflineSessionIdleTimeout(THIRTY_DAYS);
            realm.setClientOfflineSessionIdleTimeout(0);
            realm.getAttributes().remove(OUR_SETTING);
            realm.getAttributes().remove(BOUND_OFFLINE);
        });
    }

    @Test
    void theRealmsOwnByAdminRest() {
        var rows = rowsOf(() -> REALM.update(realm -> {
            realm.setSsoSessionIdleTimeout(14_402);
            realm.setClientSessionIdleTimeout(14_401);
        }));

        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(BOUND);
        assertThat(REALM.admin().toRepresentation().getClientSessionIdleTimeout())
                .isEqualTo(BOUND);
        assertThat(rows)
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(IdleBoundIT::told)
                .containsExactlyInAnyOrder(
                        "ssoSessionIdleTimeout 14402→14400 seconds", "clientSessionIdleTimeout 14401→14400 seconds");
    }

    @Test
    void theBoundItselfMayStay() {
        assertThat(rowsOf(() -> REALM.update(realm -> realm.setSsoSessionIdleTimeout(BOUND))))
                .isEmpty();
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(BOUND);
    }

    @Test
    void ofPeopleWhoAreToBeRemembered() {
        var rows = rowsOf(() -> REALM.update(realm -> {
            realm.setRememberMe(true);
            realm.setSsoSessionIdleTimeoutRememberMe(THIRTY_DAYS);
        }));

        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeoutRememberMe())
                .isEqualTo(BOUND);
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(1800);
        assertThat(rows)
                .extracting(IdleBoundIT::told)
                .containsExactly("ssoSessionIdleTimeoutRememberMe 2592000→14400 seconds");
    }

    /** The console has a door of its own beside the admin REST API's. */
    @Test
    void theRealmsOwnByTheConsole() throws JsonProcessingException {
        var realm = REALM.admin().toRepresentation();
        realm.setSsoSessionIdleTimeout(36_000);
        var json = Http.JSON.writeValueAsString(realm);

        var rows = rowsOf(() -> {
            var answer = Http.bearer(
                    "PUT",
                    REALM.server().url() + "/admin/realms/" + REALM.name() + "/ui-ext",
                    REALM.server().adminToken(),
                    json);
            assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        });

        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(BOUND);
        assertThat(rows)
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(IdleBoundIT::told)
                .containsExactly("ssoSessionIdleTimeout 36000→14400 seconds");
    }

    @Test
    void aClientMadeAndChanged() {
        REALM.update(realm -> realm.setSsoSessionIdleTimeout(BOUND));

        ClientAttributes.create(REALM, "made", OVERRIDE, "20000");
        assertThat(ClientAttributes.get(REALM, "made", OVERRIDE)).isEqualTo("14400");
        ClientAttributes.set(REALM, "made", OVERRIDE, "900");
        assertThat(ClientAttributes.get(REALM, "made", OVERRIDE)).isEqualTo("900");
        ClientAttributes.set(REALM, "made", OVERRIDE, "99999999999");
        assertThat(ClientAttributes.get(REALM, "made", OVERRIDE)).isEqualTo("14400");

        assertThat(SettingRows.of(REALM, OVERRIDE, "made"))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(SettingRows::change)
                .containsExactly("20000→14400", "99999999999→14400");
    }

    /** By hand, a client's value above the realm's is refused by Keycloak itself, also after it has been lowered to the bound. */
    @Test
    void aClientThatKeycloakRefuses() {
        try (Response response =
                REALM.admin().clients().create(ClientAttributes.client("refused", OVERRIDE, "20000"))) {
            assertThat(response.getStatus()).isEqualTo(400);
        }

        assertThat(REALM.admin().clients().findByClientId("refused")).isEmpty();
        assertThat(SettingRows.of(REALM, OVERRIDE, "refused")).isEmpty();
    }

    @Test
    void aClientWithoutAnOverride() {
        for (var value : List.of("0", "-1", "soon")) {
            ClientAttributes.set(REALM, Tokens.APP, OVERRIDE, value);
            assertThat(ClientAttributes.get(REALM, Tokens.APP, OVERRIDE)).isEqualTo(value);
        }
        ClientAttributes.set(REALM, Tokens.APP, OVERRIDE, "");
        assertThat(SettingRows.of(REALM, OVERRIDE, Tokens.APP)).isEmpty();
    }

    @Test
    void partialImport() {
        ClientAttributes.create(REALM, "overwritten", OVERRIDE, "60");
        var file = new PartialImportRepresentation();
        file.setIfResourceExists("OVERWRITE");
        file.setClients(List.of(
                ClientAttributes.client("imported", OVERRIDE, "20000"),
                ClientAttributes.client("overwritten", OVERRIDE, "14401")));

        try (Response response = REALM.admin().partialImport(file)) {
            assertThat(response.getStatus()).isEqualTo(200);
        }

        for (var name : List.of("imported", "overwritten")) {
            assertThat(ClientAttributes.get(REALM, name, OVERRIDE)).isEqualTo("14400");
            assertThat(SettingRows.of(REALM, OVERRIDE, name))
                    .singleElement()
                    .satisfies(SettingRows::byTheAdministrator);
        }
    }

    @Test
    void aClientThatRegistersItself() {
        REALM.update(realm -> realm.setSsoSessionIdleTimeout(BOUND));
        var invitation = REALM.admin()
                .clientInitialAccess()
                .create(new ClientInitialAccessCreatePresentation(600, 1))
                .getToken();

        var answer = Http.bearer(
                "POST",
                REALM.url() + "/clients-registrations/default",
                invitation,
                "{\"clientId\":\"self-made\",\"attributes\":{\"" + OVERRIDE + "\":\"20000\"}}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(ClientAttributes.get(REALM, "self-made", OVERRIDE)).isEqualTo("14400");
    }

    @Test
    void anImportedRealm() {
        var realm = BY_IMPORT.admin().toRepresentation();

        assertThat(realm.getSsoSessionIdleTimeout()).isEqualTo(300);
        assertThat(realm.getSsoSessionIdleTimeoutRememberMe()).isEqualTo(300);
        assertThat(realm.getClientSessionIdleTimeout()).isEqualTo(300);
        assertThat(realm.getOfflineSessionIdleTimeout()).isEqualTo(300);
        assertThat(realm.getClientOfflineSessionIdleTimeout()).isEqualTo(300);
        assertThat(ClientAttributes.get(BY_IMPORT, Tokens.APP, OVERRIDE)).isEqualTo("300");
        assertThat(ClientAttributes.get(BY_IMPORT, Tokens.APP, OFFLINE_OVERRIDE))
                .isEqualTo("300");
        assertThat(SettingRows.of(BY_IMPORT))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(SettingRows::change)
                .containsExactlyInAnyOrder(
                        "36000→300", "72000→300", "31000→300", "32000→300", "5184000→300", "86400→300", "43000→300");
    }

    /** Sessions that are past the bound are refused at once; those that are within live on. */
    @Test
    void aRealmThatIsSwitchedOn() {
        var past = BY_SWITCH.tokens().signIn("nurse");
        var within = BY_SWITCH.tokens().signIn("staff");
        lastUsed(past, 5 * 3600);
        lastUsed(within, 3 * 3600);
        assertThat(BY_SWITCH.tokens().introspect(past)).isTrue();
        assertThat(PreflightIT.sessionsThatWouldEnd(BY_SWITCH)).isEqualTo(1);

        var events = BY_SWITCH.admin().getRealmEventsConfig();
        events.setEventsListeners(List.of("jboss-logging", "clinic-sessions"));
        BY_SWITCH.admin().updateRealmEventsConfig(events);

        assertThat(BY_SWITCH.tokens().introspect(past)).isFalse();
        assertThat(BY_SWITCH.tokens().refresh(past).status()).isEqualTo(400);
        assertThat(BY_SWITCH.tokens().introspect(within)).isTrue();
        assertThat(BY_SWITCH.tokens().refresh(within).status()).isEqualTo(200);
        assertThat(PreflightIT.sessionsThatWouldEnd(BY_SWITCH)).isZero();
        var realm = BY_SWITCH.admin().toRepresentation();
        assertThat(realm.getSsoSessionIdleTimeout()).isEqualTo(BOUND);
        assertThat(realm.getSsoSessionIdleTimeoutRememberMe()).isEqualTo(BOUND);
        assertThat(realm.getClientSessionIdleTimeout()).isEqualTo(BOUND);
        assertThat(realm.getOfflineSessionIdleTimeout()).isEqualTo(5_184_000);
        assertThat(realm.getClientOfflineSessionIdleTimeout()).isEqualTo(86_400);
        assertThat(ClientAttributes.get(BY_SWITCH, Tokens.APP, OVERRIDE)).isEqualTo("14400");
        assertThat(ClientAttributes.get(BY_SWITCH, Tokens.APP, OFFLINE_OVERRIDE))
                .isEqualTo("43000");
        assertThat(SettingRows.of(BY_SWITCH))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(SettingRows::change)
                .containsExactlyInAnyOrder("36000→14400", "72000→14400", "31000→14400", "32000→14400");
    }

    @Test
    void aRealmThatIsOffIsLeftAlone() {
        OFF.update(realm -> {
            realm.setSsoSessionIdleTimeout(37_000);
            realm.getAttributes().put(OUR_SETTING, "9999");
            realm.getAttributes().put(BOUND_OFFLINE, "true");
        });
        ClientAttributes.set(OFF, Tokens.APP, OVERRIDE, "33000");

        var realm = OFF.admin().toRepresentation();
        assertThat(realm.getSsoSessionIdleTimeout()).isEqualTo(37_000);
        assertThat(realm.getOfflineSessionIdleTimeout()).isEqualTo(5_184_000);
        assertThat(realm.getAttributes()).containsEntry(OUR_SETTING, "9999");
        assertThat(ClientAttributes.get(OFF, Tokens.APP, OVERRIDE)).isEqualTo("33000");
        assertThat(SettingRows.of(OFF)).isEmpty();
    }

    @Test
    void offlineOnlyWhereTheRealmSaysSo() {
        REALM.update(realm -> {
            realm.setOfflineSessionIdleTimeout(THIRTY_DAYS);
            realm.setClientOfflineSessionIdleTimeout(20_000);
        });
        ClientAttributes.create(REALM, "phone", OFFLINE_OVERRIDE, "99999");
        var tokens = REALM.tokens().signInOffline("doctor");
        lastUsed(tokens, 5 * 3600);
        assertThat(REALM.admin().toRepresentation().getOfflineSessionIdleTimeout())
                .isEqualTo(THIRTY_DAYS);
        assertThat(ClientAttributes.get(REALM, "phone", OFFLINE_OVERRIDE)).isEqualTo("99999");
        assertThat(REALM.tokens().introspect(tokens)).isTrue();

        var rows = rowsOf(() -> REALM.update(realm -> realm.getAttributes().put(BOUND_OFFLINE, "true")));

        assertThat(REALM.admin().toRepresentation().getOfflineSessionIdleTimeout())
                .isEqualTo(BOUND);
        assertThat(REALM.admin().toRepresentation().getClientOfflineSessionIdleTimeout())
                .isEqualTo(BOUND);
        assertThat(ClientAttributes.get(REALM, "phone", OFFLINE_OVERRIDE)).isEqualTo("14400");
        assertThat(rows)
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(IdleBoundIT::told)
                .containsExactlyInAnyOrder(
                        "offlineSessionIdleTimeout 2592000→14400 seconds",
                        "clientOfflineSessionIdleTimeout 20000→14400 seconds",
                        OFFLINE_OVERRIDE + " 99999→14400 seconds");
        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(400);

        // What is not set is 30 days.
        REALM.update(realm -> realm.setOfflineSessionIdleTimeout(0));
        assertThat(REALM.admin().toRepresentation().getOfflineSessionIdleTimeout())
                .isEqualTo(BOUND);
        REALM.update(realm -> realm.setOfflineSessionIdleTimeout(600));
        assertThat(REALM.admin().toRepresentation().getOfflineSessionIdleTimeout())
                .isEqualTo(600);
    }

    @Test
    void ourSettingSetsItLower() {
        ClientAttributes.create(REALM, "longer", OVERRIDE, "600");
        REALM.update(realm -> realm.setClientSessionIdleTimeout(200));

        var rows = rowsOf(setOurs("5"));

        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(300);
        assertThat(REALM.admin().toRepresentation().getClientSessionIdleTimeout())
                .as("a lower one stays in force")
                .isEqualTo(200);
        assertThat(REALM.admin().toRepresentation().getOfflineSessionIdleTimeout())
                .isEqualTo(THIRTY_DAYS);
        assertThat(ClientAttributes.get(REALM, "longer", OVERRIDE)).isEqualTo("300");
        assertThat(rows)
                .extracting(IdleBoundIT::told)
                .containsExactlyInAnyOrder("ssoSessionIdleTimeout 1800→300 seconds", OVERRIDE + " 600→300 seconds");

        assertThat(rowsOf(setOurs("60"))).as("nothing is raised").isEmpty();
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(300);
    }

    /** Zero is Keycloak's half an hour: within the bound, and too long for a setting that is lower. */
    @Test
    void whatIsNotSet() {
        REALM.update(realm -> realm.setSsoSessionIdleTimeout(0));
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isZero();

        assertThat(rowsOf(setOurs("5")))
                .extracting(IdleBoundIT::told)
                .containsExactly("ssoSessionIdleTimeout 0→300 seconds");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(300);
    }

    @Test
    void ourSettingHasBoundsItself() {
        assertThat(rowsOf(setOurs("9999")))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(IdleBoundIT::told)
                .containsExactly(OUR_SETTING + " 9999→240 minutes");
        assertThat(ourSetting()).isEqualTo("240");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(1800);

        assertThat(rowsOf(setOurs("0")))
                .extracting(IdleBoundIT::told)
                .containsExactlyInAnyOrder(OUR_SETTING + " 0→1 minutes", "ssoSessionIdleTimeout 1800→60 seconds");
        assertThat(ourSetting()).isEqualTo("1");
    }

    @Test
    void whatIsNoNumberCountsAsAbsent() {
        var rows = rowsOf(() -> REALM.update(realm -> {
            realm.getAttributes().put(OUR_SETTING, "abc");
            realm.setSsoSessionIdleTimeout(15_000);
        }));

        assertThat(ourSetting()).isEqualTo("abc");
        assertThat(REALM.admin().toRepresentation().getSsoSessionIdleTimeout()).isEqualTo(BOUND);
        assertThat(rows).extracting(IdleBoundIT::told).containsExactly("ssoSessionIdleTimeout 15000→14400 seconds");
    }

    /** Values that are all out of bounds. */
    private static TestRealm high(TestRealm realm) {
        return realm.with(json -> {
            json.put("ssoSessionIdleTimeout", 36_000);
            json.put("ssoSessionIdleTimeoutRememberMe", 72_000);
            json.put("clientSessionIdleTimeout", 31_000);
            json.put("offlineSessionIdleTimeout", 5_184_000);
            json.put("clientOfflineSessionIdleTimeout", 86_400);
            for (var client : json.path("clients")) {
                if (client.path("clientId").asText().equals(Tokens.APP)) {
                    ((ObjectNode) client)
                            .withObject("/attributes")
                            .put(OVERRIDE, "32000")
                            .put(OFFLINE_OVERRIDE, "43000");
                }
            }
        });
    }

    /** The rows that come in by this, oldest first. */
    private static List<LedgerRow> rowsOf(Runnable change) {
        var before = SettingRows.of(REALM).size();
        change.run();
        var all = SettingRows.of(REALM);
        return all.subList(before, all.size());
    }

    private static String told(LedgerRow row) {
        return SettingRows.detail(row, "setting") + " " + SettingRows.change(row) + " "
                + SettingRows.detail(row, "unit");
    }

    private static Runnable setOurs(String value) {
        return () -> REALM.update(realm -> realm.getAttributes().put(OUR_SETTING, value));
    }

    private static @Nullable String ourSetting() {
        return REALM.admin().toRepresentation().getAttributes().get(OUR_SETTING);
    }

    /** As if the session had not been used for that time. */
    private static void lastUsed(TokenSet tokens, int secondsAgo) {
        var then = (int) (System.currentTimeMillis() / 1000) - secondsAgo;
        assertThat(REALM.server()
                        .database()
                        .update(
                                "UPDATE OFFLINE_USER_SESSION SET LAST_SESSION_REFRESH = ? WHERE USER_SESSION_ID = ?",
                                then,
                                tokens.sessionId()))
                .isPositive();
    }
}
