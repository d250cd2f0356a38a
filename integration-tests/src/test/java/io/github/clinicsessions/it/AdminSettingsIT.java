package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The admin REST calls about settings: the realm's, and each organization's. */
class AdminSettingsIT {

    @RegisterExtension
    static final TestRealm CLINIC = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm CLINICS = TestRealm.clinics();

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock();

    @Test
    void theRealmsAreReadAndChangedWithARowEach() {
        var admin = AdminApi.of(CLINIC);
        assertThat(admin.get("settings").json().toString())
                .isEqualTo(
                        "{\"idleTimeoutMinutes\":30,\"idleTimeoutReason\":null,\"roleIdleTimeoutMinutes\":{},"
                                + "\"maxHours\":12,\"accessTokenSeconds\":60,\"optOutAllowed\":true,\"maxSessions\":null,\"limitBehavior\":\"choose\",\"countries\":[],"
                                + "\"boundOffline\":false,\"endSessionsOnPasswordChange\":true,\"notifyOwner\":false,\"ledgerYears\":6}");

        var changed = admin.put(
                "settings",
                "{\"idleTimeoutMinutes\":20,\"accessTokenSeconds\":90,\"ledgerYears\":6,\"boundOffline\":true,"
                        + "\"maxHours\":16,\"roleIdleTimeoutMinutes\":{\"front-desk\":5}}");

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json()).isEqualTo(admin.get("settings").json());
        assertThat(changed.json().path("idleTimeoutMinutes").asInt()).isEqualTo(20);
        assertThat(changed.json().path("boundOffline").asBoolean()).isTrue();
        var realm = CLINIC.admin().toRepresentation();
        assertThat(realm.getSsoSessionIdleTimeout()).isEqualTo(20 * 60);
        assertThat(realm.getAccessTokenLifespan()).isEqualTo(90);
        assertThat(realm.getSsoSessionMaxLifespan()).as("raised too").isEqualTo(16 * 3600);
        assertThat(realm.getAttributes()).containsEntry("clinicSessions.boundOffline", "true");
        assertThat(SettingRows.of(CLINIC))
                .filteredOn(row -> "ADMIN".equals(row.actorType()) && "admin".equals(row.actorName()))
                .extracting(row -> SettingRows.detail(row, "setting") + " " + SettingRows.detail(row, "old") + " "
                        + SettingRows.detail(row, "new"))
                .contains(
                        "idleTimeoutMinutes 30 20",
                        "accessTokenSeconds 60 90",
                        "boundOffline false true",
                        "maxHours 12 16",
                        "roleIdleTimeoutMinutes.front-desk - 5")
                .noneMatch(row -> row.startsWith("ledgerYears"));
        assertThat(CLINIC.admin().getAdminEvents())
                .filteredOn(event -> "CLINIC_SETTINGS".equals(event.getResourceType()))
                .singleElement()
                .satisfies(event -> assertThat(event.getRepresentation()).contains("\"idleTimeoutMinutes\":20"));
    }

    @Test
    void everyBadValueIsNamedAndNothingIsChanged() {
        var admin = AdminApi.of(CLINICS);
        var before = admin.get("settings").body();

        var answer = admin.put(
                "settings",
                "{\"idleTimeoutMinutes\":241,\"accessTokenSeconds\":\"60\",\"boundOffline\":1,\"idle\":5,\"ledgerYears\":7,"
                        + "\"maxSessions\":101,\"limitBehavior\":null}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder(
                        "idleTimeoutMinutes", "accessTokenSeconds", "boundOffline", "idle", "maxSessions");
        assertThat(admin.get("settings").body()).isEqualTo(before);
        assertThat(admin.put("settings", "[]").status()).isEqualTo(400);
    }

    @Test
    void anOrganizationHasSomeOfItsOwn() {
        var admin = AdminApi.of(CLINICS);

        var changed = admin.put(
                "settings?clinic=north", "{\"optOutAllowed\":false,\"idleTimeoutMinutes\":20,\"maxSessions\":2}");

        assertThat(changed.json().path("optOutAllowed").asBoolean(true)).isFalse();
        assertThat(changed.json().path("maxSessions").asInt()).isEqualTo(2);
        assertThat(changed.json().path("idleTimeoutMinutes").asInt()).isEqualTo(20);
        for (var other : List.of("settings?clinic=south", "settings")) {
            assertThat(admin.get(other).json().path("optOutAllowed").asBoolean())
                    .isTrue();
            assertThat(admin.get(other).json().path("idleTimeoutMinutes").asInt())
                    .isEqualTo(30);
            assertThat(admin.get(other).json().path("maxSessions").isNull()).isTrue();
        }
        admin.put("settings", "{\"countries\":[\"DE\"],\"notifyOwner\":true}");
        admin.put("settings?clinic=north", "{\"countries\":[\"FR\",\"BE\"],\"notifyOwner\":false}");
        var north = admin.get("settings?clinic=north").json();
        assertThat(north.path("countries")).isEqualTo(Http.parse("[\"BE\",\"FR\"]"));
        assertThat(north.path("notifyOwner").asBoolean(true)).isFalse();
        var south = admin.get("settings?clinic=south").json();
        assertThat(south.path("countries")).isEqualTo(Http.parse("[\"DE\"]"));
        assertThat(south.path("notifyOwner").asBoolean()).isTrue();
        for (var none : List.of("null", "[]")) { // the second of what is gone already
            var given = admin.put("settings?clinic=north", "{\"countries\":" + none + "}");
            assertThat(given.json().path("countries")).isEqualTo(Http.parse("[\"DE\"]"));
        }
        admin.put("settings", "{\"countries\":null,\"notifyOwner\":false}");
        assertThat(admin.get("settings?clinic=north").json().path("countries")).isEmpty();
        var refused =
                admin.put("settings?clinic=north", "{\"idleTimeoutMinutes\":15,\"ledgerYears\":7,\"maxHours\":8}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("maxHours", "ledgerYears");
        assertThat(admin.get("settings?clinic=west").status()).isEqualTo(404);
        assertThat(AdminApi.of(CLINIC).get("settings?clinic=north").status()).isEqualTo(404);
        assertThat(SettingRows.of(CLINICS))
                .filteredOn(row -> SettingRows.detail(row, "setting").equals("optOutAllowed"))
                .singleElement()
                .satisfies(row -> assertThat(row.clinicIds()).contains(CLINICS.organizationId("north")));
    }

    @Test
    void rolesOfTheRealmDecide() {
        AdminApi.grant(CLINIC, "doctor", "view-realm");
        AdminApi.grant(CLINIC, "nurse", "manage-realm");
        AdminApi.grant(CLINIC, "staff", "view-users", "manage-users", "view-events");
        var same = "{\"ledgerYears\":6}";

        assertThat(AdminApi.of(CLINIC, "doctor").get("settings").status()).isEqualTo(200);
        assertThat(AdminApi.of(CLINIC, "doctor").put("settings", same).status()).isEqualTo(404);
        assertThat(AdminApi.of(CLINIC, "nurse").get("settings").status()).isEqualTo(200);
        assertThat(AdminApi.of(CLINIC, "nurse").put("settings", same).status()).isEqualTo(200);
        assertThat(AdminApi.of(CLINIC, "staff").get("settings").status()).isEqualTo(404);
        assertThat(AdminApi.of(CLINIC, "staff").put("settings", same).status()).isEqualTo(404);
        assertThat(AdminApi.withToken(CLINIC, "none").get("settings").status()).isEqualTo(401);
    }

    @Test
    void aRealmThatIsOffHasNoSettings() {
        var admin = AdminApi.of(OFF);

        assertThat(List.of(
                        admin.get("settings").status(),
                        admin.put("settings", "{\"ledgerYears\":5}").status()))
                .containsOnly(404);
        assertThat(OFF.admin().toRepresentation().getAttributes()).doesNotContainKey("clinicSessions.ledgerYears");
    }
}
