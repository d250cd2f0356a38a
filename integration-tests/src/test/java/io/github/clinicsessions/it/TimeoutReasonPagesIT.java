package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a session ends, as the person reads it, and as an owner reads it who must not learn of other clinics. */
class TimeoutReasonPagesIT {

    private static final String LONG_ROLE = "front-desk-" + "of-the-outpatient-department-".repeat(5) + "and-the-café";

    /** North signs out after 15 minutes, south after 5, whoever has the role after 7. */
    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics().with(realm -> {
        realm.withObject("/attributes").put("clinicSessions.idleTimeoutMinutes.role." + LONG_ROLE, "7");
        ((ArrayNode) realm.at("/roles/realm")).addObject().put("name", LONG_ROLE);
        for (var user : realm.path("users")) {
            if (user.path("username").asText().equals("north-nurse")) {
                ((ArrayNode) user.path("realmRoles")).add(LONG_ROLE);
            }
        }
        var minutes = Map.of("north", "15", "south", "5");
        for (var organization : realm.path("organizations")) {
            ((ObjectNode) organization)
                    .putObject("attributes")
                    .putArray("clinicSessions.idleTimeoutMinutes")
                    .add(minutes.get(organization.path("alias").asText()));
        }
    });

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void thePersonReadsWhoseRuleItIs() {
        assertThat(row(own(Device.CHROME_ON_MAC.withoutJavaScript(), "north-staff")))
                .containsText(Pattern.compile(
                        "signs out by itself at \\d\\d:\\d\\d UTC .*if unused – clinic rule, 15 minutes"));
        var both = own(Device.CHROME_ON_MAC, "both");
        assertThat(row(both)).containsText("if unused – rule of South Clinic, 5 minutes");
        // The browser's own zone, where one points at it.
        assertThat(row(both).locator("b time[title]"))
                .hasAttribute("title", Pattern.compile("\\d{4} at .*(GMT|CES?T)"));
        assertThat(row(both).locator("b .pf-v5-screen-reader")).containsText("GMT");
        assertThat(row(own(Device.CHROME_ON_MAC.locale("de-DE"), "north-staff")).last())
                .containsText("bei Nichtbenutzung – Regel der Klinik, 15 Minuten");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aLongRoleFitsInBothDirections(String name, Device device) {
        var page = own(device, "north-nurse");

        assertThat(row(page).locator("bdi:text-is('" + LONG_ROLE + "')")).isVisible();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("wider than the screen")
                .isEqualTo(0);
        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "sessions-rule-" + name);
    }

    static Stream<Arguments> devices() {
        return Stream.of(
                Arguments.of("phone-de", Device.SAFARI_ON_IPHONE.locale("de-DE")),
                Arguments.of("phone-ar", Device.SAFARI_ON_IPHONE.locale("ar").dark()),
                Arguments.of("ar", Device.CHROME_ON_MAC.locale("ar")),
                Arguments.of("dark", Device.CHROME_ON_MAC.dark()));
    }

    @Test
    void anOwnerReadsTheRuleAndNoNameOfAnotherClinic() {
        REALM.tokens().signIn("both");
        REALM.tokens().signIn("north-nurse");
        var north = browsers.signIn(Device.CHROME_ON_MAC, person("both"), "north-owner");

        assertThat(row(north)).containsText("if unused – rule of another clinic, 5 minutes");
        assertThat(north.content()).doesNotContainIgnoringCase("south");
        var answer = Http.bearer(
                "GET",
                REALM.api("staff/" + REALM.userId("both") + "/sessions"),
                REALM.tokens().signInToClinics("north-owner").accessToken(),
                null);
        assertThat(answer.json().at("/sessions/0/timeoutReason").asText()).isEqualTo("clinic rule");
        assertThat(answer.body()).doesNotContainIgnoringCase("south");
        assertThat(Accessibility.violations(north)).isEmpty();
        Browsers.picture(north, "staff-person-rule");
        north.navigate(person("north-nurse"));
        assertThat(row(north)).containsText("if unused – rule for the role " + LONG_ROLE + ", 7 minutes");

        var south = browsers.signIn(Device.CHROME_ON_MAC, person("both"), "south-owner");
        // A name would say that there are other clinics.
        assertThat(row(south)).containsText("if unused – clinic rule, 5 minutes");
    }

    @Test
    void noRuleIsBlamedWhereTheLongestLifeComesFirst() {
        var before = REALM.admin().toRepresentation().getSsoSessionMaxLifespan();
        REALM.update(realm -> realm.setSsoSessionMaxLifespan(240));
        try {
            var page = own(Device.CHROME_ON_MAC, "south-staff");

            assertThat(row(page)).containsText("at the latest, even if used");
            assertThat(row(page)).not().containsText("unused");
        } finally {
            REALM.update(realm -> realm.setSsoSessionMaxLifespan(before));
        }
    }

    private Page own(Device device, String username) {
        return browsers.signIn(device, REALM.account("sessions"), username);
    }

    private static String person(String username) {
        return REALM.account("staff/" + REALM.userId(username));
    }

    /** The newest: a person's own, or the one that an owner finds first. */
    private static Locator row(Page page) {
        return page.locator(".clinic-sessions > li").first();
    }
}
