package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger of organizations: each owner sees the rows that name a clinic of theirs, and chooses among several. */
class AuditOfClinicsIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics().with(AuditOfClinicsIT::nadiaOwnsSouthToo);

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @BeforeAll
    static void somebodySignsOutOfEachClinic() {
        REALM.tokens().signIn("north-nurse", Device.SAFARI_ON_IPHONE.userAgent(), "203.0.113.7");
        REALM.user("north-nurse").logout();
        REALM.ledger().await(REALM.id(), REALM.userId("north-nurse"), rows -> rows.size() == 2);
        for (var person : new String[] {"north-staff", "south-staff"}) {
            REALM.tokens()
                    .signOut(REALM.tokens().signIn(person, Device.FIREFOX_ON_WINDOWS.userAgent(), "198.51.100.24"));
            REALM.ledger().await(REALM.id(), REALM.userId(person), rows -> rows.size() == 2);
        }
    }

    @Test
    void anOwnerOfOneClinicSeesThatOne() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("audit"), "both");

        assertThat(rows(page, "north-staff")).hasCount(2);
        assertThat(rows(page, "south-staff")).hasCount(0);
        assertThat(page.locator("#clinic-clinic")).hasCount(0);
        Browsers.picture(page, "audit");
        page.navigate(REALM.account("audit?user=south-staff"));
        assertThat(page.locator("#clinic-user-error")).isVisible();
        assertThat(page.navigate(REALM.account("audit?clinic=north")).status()).isEqualTo(200);
        assertThat(page.navigate(REALM.account("audit?clinic=south")).status()).isEqualTo(404);
        assertThat(page.navigate(REALM.account("audit?clinic=nowhere")).status())
                .isEqualTo(404);
        var request = page.context().request();
        assertThat(request.get(REALM.account("audit.csv")).text())
                .contains("north-staff")
                .doesNotContain("south-staff");
        assertThat(request.get(REALM.account("audit.csv?clinic=south")).status())
                .isEqualTo(404);
    }

    @Test
    void anOwnerOfSeveralChooses() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("audit"), "north-owner");
        assertThat(rows(page, "north-staff")).hasCount(2);
        assertThat(rows(page, "south-staff")).hasCount(2);

        page.selectOption("#clinic-clinic", "south");
        page.locator(".clinic-filter button").click();

        assertThat(rows(page, "north-staff")).hasCount(0);
        assertThat(rows(page, "south-staff")).hasCount(2);
        assertThat(page.locator("#clinic-clinic")).hasValue("south");
        var download =
                page.waitForDownload(() -> page.getByText("Download as CSV").click());
        assertThat(download.suggestedFilename()).startsWith("sessions-south-");
        assertThat(Accessibility.violations(page)).isEmpty();
    }

    private static Locator rows(Page page, String person) {
        return page.locator(".clinic-ledger tbody > tr").filter(new Locator.FilterOptions().setHasText(person));
    }

    private static void nadiaOwnsSouthToo(ObjectNode realm) {
        for (var organization : realm.path("organizations")) {
            if ("south".equals(organization.path("alias").asText())) {
                var group = organization.path("groups").get(0).path("id").asText();
                ((ArrayNode) organization.path("members"))
                        .addObject()
                        .put("username", "north-owner")
                        .put("membershipType", "UNMANAGED")
                        .putArray("groups")
                        .add(group);
            }
        }
    }
}
