package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.clinicsessions.it.StaffPages.confirm;
import static io.github.clinicsessions.it.StaffPages.find;
import static io.github.clinicsessions.it.StaffPages.look;
import static io.github.clinicsessions.it.StaffPages.notice;
import static io.github.clinicsessions.it.StaffPages.people;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of an owner's staff, as people use it. */
class StaffListPageIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm CLINICS = TestRealm.clinics();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private final StaffPages pages = new StaffPages(REALM, browsers);

    @BeforeEach
    void nobodyIsSignedIn() {
        for (var name : List.of("owner", "staff", "nurse", "doctor", "private")) {
            REALM.user(name).logout();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsAndFinds(boolean javaScript) {
        REALM.tokens().signIn("nurse");
        REALM.tokens().signIn("nurse");
        var page = pages.open(javaScript, "staff");
        assertThat(page.locator("h1")).hasText("Staff");
        assertThat(page.locator("a[aria-current=page]")).hasText("Staff");

        find(page, "NORA");

        assertThat(people(page)).hasCount(1);
        assertThat(people(page)).containsText("Nora Nurse");
        assertThat(people(page)).containsText("2 sessions");
        assertThat(people(page)).containsText("Active now");
        assertThat(people(page).locator(".clinic-active")).hasAttribute("title", Pattern.compile(".+"));
        assertThat(page).hasURL(REALM.account("staff?search=NORA"));
        assertThat(page.locator("#clinic-search")).hasValue("NORA");

        find(page, "nobody of this name");
        assertThat(people(page)).hasCount(0);
        assertThat(page.getByText("Nobody was found.")).isVisible();
        page.getByText("Show all").click();
        assertThat(page).hasURL(REALM.account("staff"));
        assertThat(people(page).filter(new Locator.FilterOptions().setHasText("Dora Doctor")))
                .containsText("Not signed in");
    }

    @Test
    void givesPagesThatKeepTheSearch() throws SQLException {
        StaffRows.add(REALM, "paged", 45, 1);
        var page = pages.open(false, "staff?search=paged");
        assertThat(people(page)).hasCount(20);
        assertThat(pageLinks(page)).containsText("1–20 of 45");
        assertThat(pageLinks(page).getByText("Previous")).hasCount(0);

        pageLinks(page).getByText("Next").click();
        assertThat(pageLinks(page)).containsText("21–40 of 45");
        pageLinks(page).getByText("Next").click();
        assertThat(pageLinks(page)).containsText("41–45 of 45");
        assertThat(people(page)).hasCount(5);
        assertThat(pageLinks(page).getByText("Next")).hasCount(0);
        pageLinks(page).getByText("Previous").click();
        assertThat(page).hasURL(REALM.account("staff?search=paged&first=20"));

        for (var first : List.of("45", "2147483648", "99999999999999999999")) {
            page.navigate(REALM.account("staff?search=paged&first=" + first));
            assertThat(pageLinks(page)).containsText("41–45 of 45");
        }
        for (var first : List.of("-1", "x", "", "1.5", "7")) {
            page.navigate(REALM.account("staff?search=paged&first=" + first));
            assertThat(pageLinks(page)).containsText("1–20 of 45");
        }
        page.navigate(REALM.account("staff?search=nobodyofthisname&first=40"));
        assertThat(page.getByText("Nobody was found.")).isVisible();
    }

    @Test
    void aSearchThatIsTooLongIsSaidAtTheField() {
        var page = pages.open(true, "staff");

        find(page, "x".repeat(100));
        assertThat(page.locator("#clinic-search")).not().hasAttribute("aria-invalid", "true");
        find(page, "x".repeat(101));

        assertThat(page.locator("#clinic-search")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#clinic-search")).hasValue("x".repeat(101));
        assertThat(page.locator("#clinic-search-error")).containsText("no more than 100 characters");
        assertThat(people(page)).hasCount(0);
    }

    @Test
    void theOwnersOwnEntryLeadsToTheirOwnSessions() {
        var page = pages.open(true, "staff?search=olivia");
        assertThat(people(page)).containsText("You");

        people(page).getByRole(AriaRole.LINK).click();

        assertThat(page).hasURL(REALM.account("sessions"));
        page.navigate(REALM.account(pages.person("owner")));
        assertThat(page).hasURL(REALM.account("sessions"));
    }

    @Test
    void whoeverIsNotSignedInComesBackWithWhatWasLookedFor() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("staff?search=no%20ra%26b"), "owner");

        assertThat(page).hasURL(REALM.account("staff?search=no%20ra%26b"));
        assertThat(page.locator("#clinic-search")).hasValue("no ra&b");
    }

    @Test
    void anOwnerOfSeveralClinicsChooses() {
        var organizations = new Organizations(CLINICS);
        organizations.joinOwners("south", "both"); // of north already
        CLINICS.addUser("shared", "Shirin", "Shared");
        organizations.join("north", "shared");
        organizations.join("south", "shared");
        CLINICS.tokens().signIn("shared");
        var page = browsers.signIn(Device.CHROME_ON_MAC, CLINICS.account("staff"), "both");
        assertThat(page.locator(".clinic-people")).containsText("Nils Staff");
        assertThat(page.locator(".clinic-people")).containsText("Sofia Staff");
        assertThat(page.locator(".clinic-people")).not().containsText("Vera Visitor");

        look(page, "staff-clinics");
        page.setViewportSize(390, 844);
        look(page, "staff-clinics-390");

        page.selectOption("#clinic-clinic", "north");
        find(page, "");

        assertThat(page.locator(".clinic-people")).containsText("Nils Staff");
        assertThat(page.locator(".clinic-people")).not().containsText("Sofia Staff");
        assertThat(page.navigate(CLINICS.account("staff/" + CLINICS.userId("south-staff") + "?clinic=north"))
                        .status())
                .isEqualTo(404);
        assertThat(page.navigate(CLINICS.account("staff?clinic=nowhere")).status())
                .isEqualTo(404);

        page.navigate(CLINICS.account("staff?clinic=north"));
        page.getByText("Shirin Shared").click();
        page.getByText("Offboard…").click();
        assertThat(page.locator("main")).containsText("Shirin Shared leaves North Clinic and keeps access elsewhere.");
        confirm(page);
        assertThat(page).hasURL(CLINICS.account("staff?clinic=north"));
        assertThat(notice(page)).containsText("Shirin Shared has left and keeps access elsewhere.");
        assertThat(page.locator(".clinic-people")).not().containsText("Shirin Shared");
        assertThat(CLINICS.user("shared").toRepresentation().isEnabled()).isTrue();
        assertThat(CLINICS.sessionCount("shared")).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.github.clinicsessions.it.StaffPages#devices")
    void everybodyCanUseIt(String name, Device device) {
        REALM.addUser("long-" + name, "Maximiliane-Alexandra", "von_und_zu_Unaussprechlich-Langenscheidt");
        REALM.tokens().signIn("nurse");
        REALM.tokens().signInOffline("doctor");
        REALM.tokens().signIn("private");
        REALM.tokens().signIn("long-" + name);
        var page = browsers.signedIn(device, REALM.account("staff"), "owner");
        look(page, "staff-" + name);
        page.navigate(REALM.account("staff?search=" + "x".repeat(101)));
        look(page, "staff-too-long-" + name);
        page.navigate(REALM.account("staff?search=nobodyofthisname"));
        look(page, "staff-nobody-" + name);
    }

    private static Locator pageLinks(Page page) {
        return page.locator(".clinic-pages");
    }
}
