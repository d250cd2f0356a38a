package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.ClientInitialAccessCreatePresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.PartialImportRepresentation;

/** Access tokens live 120 seconds at most, through every door, in the transaction of whoever comes in. */
class AccessTokenBoundIT {

    private static final String OVERRIDE = "access.token.lifespan";
    private static final String OUR_SETTING = "clinicSessions.accessTokenSeconds";
    private static final String TOKENS_UNTIL = "clinicSessions.tokensUntil";
    private static final List<String> ON = List.of("jboss-logging", "clinic-sessions");

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm BY_SWITCH = high(TestRealm.stock());

    @RegisterExtension
    static final TestRealm OFF = high(TestRealm.stock());

    @RegisterExtension
    static final TestRealm BY_IMPORT =
            high(TestRealm.clinic()).with(json -> json.putObject("attributes").put(OUR_SETTING, "45"));

    @BeforeEach
    void asInTheDemo() {
        REALM.update(realm -> {
            realm.setAccessTokenLifespan(60);
            realm.setAccessTokenLifespanForImplicitFlow(60);
            realm.getAttributes().remove(OUR_SETTING);
        });
    }

    @Test
    void theRealmsOwnByAdminRest() {
        var before = SettingRows.of(REALM).size();

        REALM.update(realm -> {
            realm.setAccessTokenLifespan(601);
            realm.setAccessTokenLifespanForImplicitFlow(901);
        });

        var after = REALM.admin().toRepresentation();
        assertThat(after.getAccessTokenLifespan()).isEqualTo(120);
        assertThat(after.getAccessTokenLifespanForImplicitFlow()).isEqualTo(120);
        assertThat(lifespan(REALM.tokens().signIn("staff"))).isEqualTo(120);
        assertThat(SettingRows.of(REALM)).hasSize(before + 2);
        assertThat(SettingRows.of(REALM, "accessTokenLifespan", null))
                .filteredOn(row -> SettingRows.change(row).equals("601→120"))
                .singleElement()
                .satisfies(SettingRows::byTheAdministrator);
        assertThat(SettingRows.of(REALM, "accessTokenLifespanForImplicitFlow", null))
                .filteredOn(row -> SettingRows.change(row).equals("901→120"))
                .singleElement()
                .satisfies(SettingRows::byTheAdministrator);
    }

    /** The console has a door of its own beside the admin REST API's. */
    @Test
    void theRealmsOwnByTheConsole() throws JsonProcessingException {
        var realm = REALM.admin().toRepresentation();
        realm.setAccessTokenLifespan(777);

        var answer = Http.bearer(
                "PUT",
                REALM.server().url() + "/admin/realms/" + REALM.name() + "/ui-ext",
                REALM.server().adminToken(),
                Http.JSON.writeValueAsString(realm));

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(REALM.admin().toRepresentation().getAccessTokenLifespan()).isEqualTo(120);
        assertThat(SettingRows.of(REALM, "accessTokenLifespan", null))
                .filteredOn(row -> SettingRows.change(row).equals("777→120"))
                .singleElement()
                .satisfies(SettingRows::byTheAdministrator);
    }

    @Test
    void theRealmsOwnAsLongAsTheSession() {
        REALM.update(realm -> {
            realm.setAccessTokenLifespan(-1);
            realm.setAccessTokenLifespanForImplicitFlow(-1);
        });

        var after = REALM.admin().toRepresentation();
        assertThat(after.getAccessTokenLifespan()).isEqualTo(120);
        assertThat(after.getAccessTokenLifespanForImplicitFlow()).isEqualTo(120);
        assertThat(lifespan(REALM.tokens().signInOffline("staff"))).isEqualTo(120);
    }

    @Test
    void aNewClient() {
        create(REALM, "new-client", "3600");

        assertThat(override(REALM, "new-client")).isEqualTo("120");
        assertThat(SettingRows.of(REALM, OVERRIDE, "new-client"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(SettingRows.change(row)).isEqualTo("3600→120");
                    SettingRows.byTheAdministrator(row);
                });
    }

    @Test
    void aClientsOverride() {
        setOverride(REALM, Tokens.APP, "600");
        assertThat(override(REALM, Tokens.APP)).isEqualTo("120");
        assertThat(lifespan(REALM.tokens().signIn("nurse"))).isEqualTo(120);

        setOverride(REALM, Tokens.APP, "-1");
        assertThat(override(REALM, Tokens.APP)).isEqualTo("120");
        assertThat(lifespan(REALM.tokens().signIn("nurse"))).isEqualTo(120);

        setOverride(REALM, Tokens.APP, "20");
        assertThat(lifespan(REALM.tokens().signIn("nurse"))).isEqualTo(20);

        setOverride(REALM, Tokens.APP, "");
        assertThat(SettingRows.of(REALM, OVERRIDE, Tokens.APP))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(SettingRows::change)
                .containsExactly("600→120", "-1→120");
        assertThat(REALM.admin().toRepresentation().getAttributes())
                .as("no token was ever issued for longer")
                .doesNotContainKey(TOKENS_UNTIL);
    }

    @Test
    void aServiceAccountsClient() {
        setOverride(REALM, Tokens.API, "7200");

        assertThat(lifespan(REALM.tokens().serviceAccount())).isEqualTo(120);
    }

    @Test
    void whatIsNoNumberStays() {
        create(REALM, "odd", "soon");
        create(REALM, "short", "120");

        assertThat(override(REALM, "odd")).isEqualTo("soon");
        assertThat(override(REALM, "short")).isEqualTo("120");
        assertThat(SettingRows.of(REALM, OVERRIDE, "odd")).isEmpty();
        assertThat(SettingRows.of(REALM, OVERRIDE, "short")).isEmpty();
    }

    @Test
    void partialImport() {
        create(REALM, "overwritten", "60");
        var file = new PartialImportRepresentation();
        file.setIfResourceExists("OVERWRITE");
        file.setClients(List.of(client("imported", "7200"), client("overwritten", "-1")));

        try (Response response = REALM.admin().partialImport(file)) {
            assertThat(response.getStatus()).isEqualTo(200);
        }

        for (var name : List.of("imported", "overwritten")) {
            assertThat(override(REALM, name)).isEqualTo("120");
            assertThat(SettingRows.of(REALM, OVERRIDE, name))
                    .singleElement()
                    .satisfies(SettingRows::byTheAdministrator);
        }
    }

    @Test
    void aClientThatRegistersItself() {
        var invitation = REALM.admin()
                .clientInitialAccess()
                .create(new ClientInitialAccessCreatePresentation(600, 1))
                .getToken();

        var answer = Http.bearer(
                "POST",
                REALM.url() + "/clients-registrations/default",
                invitation,
                "{\"clientId\":\"self-made\",\"attributes\":{\"" + OVERRIDE + "\":\"600\"}}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(override(REALM, "self-made")).isEqualTo("120");
        assertThat(SettingRows.of(REALM, OVERRIDE, "self-made")).singleElement().satisfies(row -> {
            assertThat(row.actorType()).isEqualTo("SYSTEM");
            assertThat(row.userId()).isEqualTo("-");
        });
    }

    @Test
    void anImportedRealm() {
        var realm = BY_IMPORT.admin().toRepresentation();

        assertThat(realm.getAccessTokenLifespan()).isEqualTo(45);
        assertThat(realm.getAccessTokenLifespanForImplicitFlow()).isEqualTo(45);
        assertThat(override(BY_IMPORT, Tokens.APP)).isEqualTo("45");
        assertThat(override(BY_IMPORT, Tokens.API)).isEqualTo("45");
        assertThat(lifespan(BY_IMPORT.tokens().signIn("staff"))).isEqualTo(45);
        assertThat(SettingRows.of(BY_IMPORT))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(SettingRows::change)
                .containsExactlyInAnyOrder("600→45", "900→45", "-1→45", "1200→45");
    }

    /** An import that fails after its clients were bounded leaves no row; the same one that succeeds leaves three. */
    @Test
    void theLedgerHasWhatWasCommitted() {
        var server = REALM.server();
        var id = "it-access-token-bound-rollback";
        var json = """
                {"id":"%s","realm":"%s","enabled":true,"eventsListeners":["clinic-sessions"],"accessTokenLifespan":600,
                 "passwordPolicy":"length(%d)","clients":[{"clientId":"app","attributes":{"%s":"600"}}],
                 "users":[{"username":"somebody","credentials":[{"type":"password","value":"somebody"}]}]}""";
        var realms = server.url() + "/admin/realms";

        var failed = Http.bearer("POST", realms, server.adminToken(), json.formatted(id, id, 50, OVERRIDE));
        assertThat(failed.status()).as(failed.body()).isEqualTo(400);
        assertThat(server.admin().realms().findAll()).noneMatch(realm -> id.equals(realm.getRealm()));
        assertThat(REALM.ledger().rows(id)).isEmpty();

        var made = Http.bearer("POST", realms, server.adminToken(), json.formatted(id, id, 5, OVERRIDE));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        server.admin().realm(id).remove();
        assertThat(REALM.ledger().rows(id))
                .extracting(SettingRows::change)
                .containsExactlyInAnyOrder("600→120", "900→120", "600→120");
    }

    @Test
    void aRealmThatIsSwitchedOn() {
        assertThat(lifespan(BY_SWITCH.tokens().serviceAccount())).isEqualTo(1200);
        var events = BY_SWITCH.admin().getRealmEventsConfig();
        events.setEventsListeners(ON);
        var before = Instant.now().getEpochSecond();

        BY_SWITCH.admin().updateRealmEventsConfig(events);

        var realm = BY_SWITCH.admin().toRepresentation();
        assertThat(realm.getAccessTokenLifespan()).isEqualTo(120);
        assertThat(realm.getAccessTokenLifespanForImplicitFlow()).isEqualTo(120);
        assertThat(override(BY_SWITCH, Tokens.APP)).isEqualTo("120");
        assertThat(lifespan(BY_SWITCH.tokens().serviceAccount())).isEqualTo(120);
        assertThat(SettingRows.of(BY_SWITCH))
                .allSatisfy(SettingRows::byTheAdministrator)
                .extracting(SettingRows::change)
                .containsExactlyInAnyOrder("600→120", "900→120", "-1→120", "1200→120");
        // The longest of them is -1: as long as a session of this realm, which is 43200 seconds.
        assertThat(Long.parseLong(realm.getAttributes().get(TOKENS_UNTIL)))
                .isBetween(before + 43_200, Instant.now().getEpochSecond() + 43_200);

        BY_SWITCH.update(again -> again.setDisplayName("Again"));
        assertThat(SettingRows.of(BY_SWITCH)).hasSize(4);
        assertThat(BY_SWITCH.admin().toRepresentation().getAttributes().get(TOKENS_UNTIL))
                .isEqualTo(realm.getAttributes().get(TOKENS_UNTIL));
    }

    @Test
    void aRealmThatIsOffIsLeftAlone() {
        OFF.update(realm -> realm.setAccessTokenLifespan(700));
        setOverride(OFF, Tokens.APP, "800");

        assertThat(OFF.admin().toRepresentation().getAccessTokenLifespan()).isEqualTo(700);
        assertThat(override(OFF, Tokens.APP)).isEqualTo("800");
        assertThat(SettingRows.of(OFF)).isEmpty();
    }

    @Test
    void ourSettingSetsItLower() {
        create(REALM, "longer", "100");

        REALM.update(realm -> realm.getAttributes().put(OUR_SETTING, "40"));

        assertThat(REALM.admin().toRepresentation().getAccessTokenLifespan()).isEqualTo(40);
        assertThat(override(REALM, "longer")).isEqualTo("40");
        assertThat(lifespan(REALM.tokens().signIn("doctor"))).isEqualTo(40);
        assertThat(SettingRows.of(REALM, OVERRIDE, "longer"))
                .extracting(SettingRows::change)
                .containsExactly("100→40");
    }

    @Test
    void ourSettingHasBoundsItself() {
        REALM.update(realm -> realm.getAttributes().put(OUR_SETTING, "900"));
        assertThat(ourSetting()).isEqualTo("120");

        REALM.update(realm -> realm.getAttributes().put(OUR_SETTING, "5"));
        assertThat(ourSetting()).isEqualTo("30");
        assertThat(REALM.admin().toRepresentation().getAccessTokenLifespan()).isEqualTo(30);

        REALM.update(realm -> {
            realm.getAttributes().put(OUR_SETTING, "a minute");
            realm.setAccessTokenLifespan(500);
        });
        assertThat(ourSetting()).isEqualTo("a minute");
        assertThat(REALM.admin().toRepresentation().getAccessTokenLifespan()).isEqualTo(120);
        assertThat(SettingRows.of(REALM, OUR_SETTING, null))
                .extracting(SettingRows::change)
                .containsExactly("900→120", "5→30");
    }

    /** Values that are all out of bounds. */
    static TestRealm high(TestRealm realm) {
        return realm.with(json -> {
            json.put("accessTokenLifespan", 600);
            json.put("accessTokenLifespanForImplicitFlow", 900);
            for (var client : json.path("clients")) {
                ((ObjectNode) client)
                        .withObject("/attributes")
                        .put(OVERRIDE, client.path("clientId").asText().equals(Tokens.APP) ? "-1" : "1200");
            }
        });
    }

    private static long lifespan(TokenSet tokens) {
        return tokens.claims().path("exp").asLong()
                - tokens.claims().path("iat").asLong();
    }

    private static @Nullable String ourSetting() {
        return REALM.admin().toRepresentation().getAttributes().get(OUR_SETTING);
    }

    private static void create(TestRealm realm, String clientId, String override) {
        ClientAttributes.create(realm, clientId, OVERRIDE, override);
    }

    private static ClientRepresentation client(String clientId, String override) {
        return ClientAttributes.client(clientId, OVERRIDE, override);
    }

    private static void setOverride(TestRealm realm, String clientId, String value) {
        ClientAttributes.set(realm, clientId, OVERRIDE, value);
    }

    static @Nullable String override(TestRealm realm, String clientId) {
        return ClientAttributes.get(realm, clientId, OVERRIDE);
    }
}
