package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two clinics in one realm: whose limit of sessions counts for whom, and who sets it. What counts is seen at the door. */
class SessionLimitSettingsIT {

    private static final String MAX = "clinicSessions.maxSessions";
    private static final String BEHAVIOR = "clinicSessions.limitBehavior";

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    private final Organizations organizations = new Organizations(REALM);

    @BeforeEach
    void nothingIsSet() {
        clinic("north", true, Map.of());
        clinic("south", true, Map.of());
        realm(Map.of());
    }

    @Test
    void anOrganizationHasItsOwnOrTheRealms() {
        var admin = AdminApi.of(REALM);
        assertThat(limit(admin, "north")).isEqualTo("null choose");

        ok(admin.put("settings", "{\"maxSessions\":5,\"limitBehavior\":\"deny\"}"));
        assertThat(limit(admin, "north")).isEqualTo("5 deny");

        var north = OwnersApi.of(REALM, "north-owner");
        var before = SettingRows.of(REALM).size();
        ok(north.put("settings", "{\"maxSessions\":2}"));
        assertThat(limit(admin, "north")).isEqualTo("2 deny");
        ok(north.put("settings", "{\"limitBehavior\":\"end-least-recent\"}"));
        assertThat(limit(admin, "north")).isEqualTo("2 end-least-recent");
        assertThat(limit(admin, "south")).isEqualTo("5 deny");

        ok(north.put("settings", "{\"maxSessions\":null}"));
        assertThat(limit(admin, "north")).as("its own way, the realm's number").isEqualTo("5 end-least-recent");
        ok(north.put("settings", "{\"limitBehavior\":null}"));
        assertThat(limit(admin, "north")).isEqualTo("5 deny");
        ok(north.put("settings", "{\"maxSessions\":null,\"limitBehavior\":null}"));

        ok(north.put("settings", "{\"maxSessions\":5}"));
        ok(admin.put("settings", "{\"maxSessions\":null,\"limitBehavior\":null}"));
        assertThat(limit(admin, "north")).as("had made it its own").isEqualTo("5 choose");
        assertThat(limit(admin, "south")).isEqualTo("null choose");
        var rows = SettingRows.of(REALM).stream()
                .skip(before)
                .map(row -> row.actorType() + " " + SettingRows.detail(row, "clinic") + " "
                        + SettingRows.detail(row, "setting") + " " + SettingRows.detail(row, "old") + " "
                        + SettingRows.detail(row, "new"))
                .toList();
        assertThat(rows.subList(0, 5))
                .containsExactly(
                        "OWNER north maxSessions 5 2",
                        "OWNER north limitBehavior deny end-least-recent",
                        "OWNER north maxSessions 2 5",
                        "OWNER north limitBehavior end-least-recent deny",
                        "OWNER north maxSessions - 5");
        // Of one call: rows of the same millisecond have no order.
        assertThat(rows.subList(5, rows.size()))
                .containsExactlyInAnyOrder("ADMIN  maxSessions 5 -", "ADMIN  limitBehavior deny choose");
    }

    @Test
    void whatIsStoredAndIsNoLimitIsNoneAndWhatIsOutOfBoundsTheNearest() {
        var admin = AdminApi.of(REALM);

        clinic("north", true, Map.of(MAX, "three", BEHAVIOR, "<b>deny</b>"));
        assertThat(limit(admin, "north")).isEqualTo("null choose");
        clinic("north", true, Map.of(MAX, "-7", BEHAVIOR, " deny "));
        assertThat(limit(admin, "north")).isEqualTo("1 deny");
        clinic("north", true, Map.of(MAX, "1000", BEHAVIOR, "DENY"));
        assertThat(limit(admin, "north")).isEqualTo("100 choose");
        clinic("north", true, Map.of(MAX, "99999999999999999999", BEHAVIOR, ""));
        assertThat(limit(admin, "north")).isEqualTo("null choose");
        clinic("north", true, Map.of(MAX, "1.5"));
        assertThat(limit(admin, "north")).isEqualTo("null choose");

        realm(Map.of(MAX, "0", BEHAVIOR, "end-least-recent"));
        assertThat(limit(admin, "south")).isEqualTo("1 end-least-recent");
    }

    @Test
    void theStrictestOfTwoClinicsCounts() {
        clinic("north", true, Map.of(MAX, "3", BEHAVIOR, "deny"));
        clinic("south", true, Map.of(MAX, "2"));

        assertThat(atTheDoor("both")).isEqualTo("2 in: 2 choose clinic");
        assertThat(atTheDoor("north-staff")).isEqualTo("3 in: 3 deny clinic");
        assertThat(atTheDoor("visitor")).isEqualTo("4 in");

        clinic("south", true, Map.of(MAX, "3"));
        assertThat(atTheDoor("both"))
                .as("of equal numbers what is harder to get past")
                .isEqualTo("3 in: 3 deny clinic");
    }

    @Test
    void theRealmsCountsWhereNoClinicHasOne() {
        realm(Map.of(MAX, "2", BEHAVIOR, "deny"));
        clinic("north", true, Map.of(MAX, "3"));

        assertThat(atTheDoor("north-staff")).isEqualTo("3 in: 3 deny clinic");
        assertThat(atTheDoor("both")).as("south has the realm's").isEqualTo("2 in: 2 deny realm");
        assertThat(atTheDoor("visitor")).isEqualTo("2 in: 2 deny realm");

        clinic("north", false, Map.of(MAX, "3"));
        assertThat(atTheDoor("north-staff")).as("disabled").isEqualTo("2 in: 2 deny realm");

        realm(Map.of(MAX, "2"));
        clinic("south", true, Map.of(BEHAVIOR, "deny"));
        assertThat(atTheDoor("south-staff")).as("a way of its own").isEqualTo("2 in: 2 deny realm");
        assertThat(atTheDoor("visitor")).isEqualTo("2 in: 2 choose realm");
    }

    /** Signs in four times where no page can be shown: how often it is let in, and what the ledger says of the first refusal. */
    private static String atTheDoor(String username) {
        REALM.user(username).logout();
        var rows = reached(username).size();
        var in = 0;
        while (in < 4
                && REALM.tokens().grant(username, username, "openid", Map.of()).status() == 200) {
            in++;
        }
        if (in == 4) {
            return "4 in";
        }
        Awaitility.await().untilAsserted(() -> assertThat(reached(username)).hasSize(rows + 1));
        var details = Http.parse(String.valueOf(reached(username).get(rows).details()));
        return in + " in: " + details.path("limit").asText() + " "
                + details.path("behavior").asText() + " " + details.path("by").asText();
    }

    private static List<LedgerRow> reached(String username) {
        return REALM.ledgerOf(username).stream()
                .filter(row -> row.action().equals("LIMIT_REACHED"))
                .toList();
    }

    private static String limit(AdminApi admin, String clinic) {
        var settings = ok(admin.get("settings?clinic=" + clinic));
        return settings.path("maxSessions") + " "
                + settings.path("limitBehavior").asText();
    }

    private static void realm(Map<String, String> settings) {
        REALM.update(realm -> {
            realm.getAttributes().put(MAX, settings.getOrDefault(MAX, ""));
            realm.getAttributes().put(BEHAVIOR, settings.getOrDefault(BEHAVIOR, ""));
        });
    }

    private void clinic(String alias, boolean enabled, Map<String, String> settings) {
        organizations.change(alias, organization -> {
            Map<String, List<String>> attributes = new HashMap<>();
            settings.forEach((name, value) -> attributes.put(name, List.of(value)));
            organization.setAttributes(attributes);
            organization.setEnabled(enabled);
        });
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
