package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Who can see a person's sessions: the choice, what it leaves behind, the ways past it, and who has looked. */
class VisibilityIT {

    private static final String ATTRIBUTE = "sessionVisibility";
    private static final String SETTING = "clinicSessions.optOutAllowed";
    private static final long HOUR = 3_600_000;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private String person = "";

    @BeforeEach
    void somebody() {
        person = "p" + UUID.randomUUID().toString().substring(0, 8);
        REALM.addUser(person, "Paula", "Person");
    }

    @AfterEach
    void allowed() {
        optOutAllowed(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverHidesIsHiddenAndWhoeverShowsIsSeen(boolean javaScript) {
        var page = signIn(javaScript ? Device.CHROME_ON_MAC : Device.CHROME_ON_MAC.withoutJavaScript());
        assertThat(section(page)).containsText("The owner of Clinic can see your devices, addresses and times.");
        assertThat(section(page)).containsText("Administrators of Clinic can still see your sessions");
        assertThat(section(page)).containsText("the owner still sees how many sessions you have, and can end them all");
        assertThat(visibilityForTheOwner()).isEqualTo("visible");

        button(page).click();

        assertThat(notice(page)).containsText("hidden from the owner");
        assertThat(page).hasURL(REALM.account("sessions"));
        assertThat(section(page)).containsText("You have chosen that.");
        assertThat(button(page)).hasText("Let the owner see");
        assertThat(stored()).isEqualTo("private");
        assertThat(visibilityForTheOwner()).isEqualTo("optedOut");

        button(page).click();

        assertThat(notice(page)).containsText("the owner can see");
        assertThat(button(page)).hasText("Hide from the owner");
        assertThat(stored()).isNull();
        assertThat(visibilityForTheOwner()).isEqualTo("visible");
        var rows = REALM.ledger()
                .await(REALM.id(), REALM.userId(person), all -> changes(all).size() == 2);
        assertThat(changes(rows)).allSatisfy(row -> {
            assertThat(row.actorType()).isEqualTo("SELF");
            assertThat(row.actorName()).isEqualTo(person);
            assertThat(row.username()).isEqualTo(person);
            assertThat(row.clinicIds()).isEqualTo(REALM.id());
        });
        assertThat(changes(rows))
                .extracting(row -> Http.parse(String.valueOf(row.details()))
                        .path("visibility")
                        .asText())
                .containsExactly("private", "visible");
        var events =
                REALM.admin().getEvents(List.of("UPDATE_PROFILE"), null, REALM.userId(person), null, null, null, 0, 10);
        assertThat(events).hasSize(2);
        assertThat(events.get(1).getDetails()).containsEntry("updated_" + ATTRIBUTE, "private");
        assertThat(events.get(0).getDetails())
                .containsEntry("previous_" + ATTRIBUTE, "private")
                .doesNotContainKey("updated_" + ATTRIBUTE);
    }

    @Test
    void whereItIsNotAllowedThereIsNoChoiceAndAnEarlierOneHasNoEffect() {
        store("private");
        optOutAllowed(false);
        var page = signIn(Device.CHROME_ON_MAC);

        assertThat(section(page)).containsText("your choice has no effect there");
        assertThat(button(page)).hasCount(0);
        assertThat(post(page, token(page), "false").status()).isEqualTo(403);
        assertThat(stored()).isEqualTo("private");
        assertThat(visibilityForTheOwner()).isEqualTo("visible");

        store(null);
        page.reload();
        assertThat(section(page)).containsText("does not allow hiding them");
        assertThat(post(page, token(page), "true").status()).isEqualTo(403);
        assertThat(stored()).isNull();
    }

    @Test
    void anOwnerMayChooseToo() {
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "owner");

        button(page).click();
        assertThat(button(page)).hasText("Let the owner see");
        button(page).click();
        assertThat(button(page)).hasText("Hide from the owner");
    }

    @Test
    void nobodyElseChoosesForThePerson() {
        var page = signIn(Device.CHROME_ON_MAC);
        for (var wrong : new String[] {"", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
            assertThat(post(page, wrong, "true").status()).isEqualTo(403);
        }
        var admin = browsers.open(Device.FIREFOX_ON_WINDOWS).newPage();
        admin.navigate(REALM.server().url() + "/admin/master/console/");
        Browsers.fillLoginForm(admin, KeycloakServer.ADMIN, KeycloakServer.ADMIN);
        admin.context()
                .request()
                .post(
                        REALM.server().url() + "/admin/realms/" + REALM.name() + "/users/" + REALM.userId(person)
                                + "/impersonation",
                        RequestOptions.create()
                                .setHeader(
                                        "Authorization",
                                        "Bearer " + REALM.server().adminToken()));
        admin.navigate(REALM.account("sessions"));
        assertThat(section(admin)).containsText("The owner of Clinic can see");
        assertThat(button(admin)).hasCount(0);
        assertThat(post(admin, token(admin), "true").status()).isEqualTo(403);

        REALM.onlyAccountRole(person, "view-profile");
        page.reload();
        assertThat(section(page)).containsText("The owner of Clinic can see");
        assertThat(button(page)).hasCount(0);
        assertThat(post(page, token(page), "true").status()).isEqualTo(403);

        assertThat(stored()).isNull();
    }

    @Test
    void nobodyWhoIsSignedOutChooses() {
        var page = signIn(Device.CHROME_ON_MAC);
        var token = token(page);
        REALM.user(person).logout();

        var answer = post(page, token, "true");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers().get("location")).isEqualTo(REALM.account("sessions"));
        assertThat(stored()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, private", "true, ", "false, private", "false, "})
    void keycloaksAccountApiDoesNotWriteIt(boolean allowed, String before) {
        optOutAllowed(allowed);
        store(before);
        var token = REALM.tokens().signIn(person).accessToken();
        var profile =
                (ObjectNode) Http.bearer("GET", REALM.account(""), token, null).json();
        var attributes = profile.withObjectProperty("attributes");
        if (before == null) {
            attributes.putArray(ATTRIBUTE).add("private");
        } else {
            attributes.remove(ATTRIBUTE);
        }

        var answer = Http.bearer("POST", REALM.account(""), token, profile.toString());

        assertThat(answer.status()).as(answer.body()).isIn(204, 400);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void theAccountConsoleShowsItAndDoesNotLetItBeEdited() {
        store("private");
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account(""), person);
        page.locator("#firstName").waitFor();

        assertThat(page.locator("#" + ATTRIBUTE)).isDisabled();
    }

    @Test
    void aChoiceHoldsTowardsEachClinicThatAllowsIt() {
        REALM.update(realm -> realm.setOrganizationsEnabled(true));
        try {
            var page = signIn(Device.CHROME_ON_MAC);
            assertThat(section(page)).not().containsText("The owner of");
            assertThat(section(page)).containsText("Administrators of Clinic can still see");
            assertThat(button(page)).hasCount(0);

            join("North", Map.of());
            join("South", Map.of(SETTING, List.of("false")));
            page.reload();
            assertThat(section(page).locator("li"))
                    .containsText(new String[] {"The owner of North can see", "That clinic does not allow hiding"});
            assertThat(section(page)).containsText("towards each clinic that allows it");
            button(page).click();

            assertThat(section(page).locator("li"))
                    .containsText(new String[] {"The owner of North cannot see", "no effect there"});
            assertThat(button(page)).hasText("Let the owners see");
            assertThat(stored()).isEqualTo("private");
            assertThat(Accessibility.violations(page)).isEmpty();
        } finally {
            REALM.update(realm -> realm.setOrganizationsEnabled(false));
        }
    }

    @Test
    void whoHasLookedIsTold() {
        var page = signIn(Device.CHROME_ON_MAC);
        assertThat(section(page)).containsText("Nobody has looked at your sessions here.");
        assertThat(section(page)).containsText("kept for 6 years");
        for (var i = 1; i <= 12; i++) {
            looked(i % 2 == 0 ? "ADMIN" : "OWNER", "looker-" + i, i * HOUR);
        }

        page.reload();

        var looks = section(page).locator(".clinic-views > li");
        assertThat(looks).hasCount(10);
        assertThat(looks.nth(0)).containsText("Looked at by looker-1 (owner): ");
        assertThat(looks.nth(1)).containsText("Looked at by looker-2 (administrator): ");
        assertThat(looks.nth(2)).isVisible();
        assertThat(looks.nth(3)).not().isVisible();
        section(page).locator("summary").click();
        assertThat(looks.nth(9)).isVisible();
        assertThat(looks.nth(9)).containsText("looker-10");
        var other = browsers.signIn(Device.FIREFOX_ON_WINDOWS, REALM.account("sessions"), "nurse");
        assertThat(section(other)).not().containsText("looker");
    }

    @Test
    void aPageThatAnotherSiteFetchesAsAPictureIsNoLook() {
        var owner = new HttpBrowser();
        owner.signIn(REALM.account("sessions"), REALM.account("sessions"), "owner");
        REALM.tokens().signIn("nurse");
        REALM.tokens().signIn("doctor");

        var picture = owner.get(REALM.account("staff/" + REALM.userId("nurse")), "Sec-Fetch-Dest", "image");
        var page = owner.get(REALM.account("staff/" + REALM.userId("doctor")));

        assertThat(picture.status()).isEqualTo(403);
        assertThat(page.status()).isEqualTo(200);
        REALM.ledger().await(REALM.id(), REALM.userId("doctor"), VisibilityIT::hasLook);
        assertThat(REALM.ledgerOf("nurse")).noneMatch(row -> row.action().equals("SESSIONS_VIEWED"));
    }

    private static boolean hasLook(List<LedgerRow> rows) {
        return rows.stream().anyMatch(row -> row.action().equals("SESSIONS_VIEWED"));
    }

    @Test
    void withoutTheLedgerThePageComesAndSaysThatItDoesNotKnow() {
        var page = signIn(Device.CHROME_ON_MAC);
        var database = REALM.server().database();
        database.update("ALTER TABLE CLINIC_SESSION_LEDGER RENAME TO CLINIC_SESSION_LEDGER_AWAY");
        try {
            page.reload();

            assertThat(page.locator(".clinic-sessions > li")).hasCount(1);
            assertThat(section(page)).containsText("cannot be read at the moment");
            assertThat(section(page)).not().containsText("Nobody has looked");
        } finally {
            database.update("ALTER TABLE CLINIC_SESSION_LEDGER_AWAY RENAME TO CLINIC_SESSION_LEDGER");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, 1280, false",
        "en-US, 390, true",
        "de-DE, 390, false",
        "de-DE, 1280, true",
        "ar, 390, false",
        "ar, 1280, false"
    })
    void isReadableAndAccessible(String locale, int width, boolean dark) {
        looked("OWNER", "owner", HOUR);
        looked("ADMIN", "admin", 30 * HOUR);
        looked("OWNER", "owner", 300 * HOUR);
        looked("OWNER", "Maximiliane-Alexandra.von-und-zu-Unaussprechlich-Langenscheidt@clinic.example", 9_000 * HOUR);
        REALM.tokens().signIn(person, Device.SAFARI_ON_IPHONE.userAgent());
        var device = Device.CHROME_ON_MAC.locale(locale).size(width, 900);
        var page = signIn(dark ? device.dark() : device);
        page.setViewportSize(width, 1000);
        Browsers.picture(page, "visibility-" + locale + "-" + width + (dark ? "-dark" : ""));
        section(page).locator("summary").click();
        page.setViewportSize(width, 1400);
        Browsers.picture(page, "visibility-open-" + locale + "-" + width + (dark ? "-dark" : ""));
        assertThat(Accessibility.violations(page)).isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
    }

    private Page signIn(Device device) {
        return browsers.signedIn(device, REALM.account("sessions"), person);
    }

    private static Locator section(Page page) {
        return page.locator(".clinic-privacy:not(.clinic-devices)");
    }

    private static Locator button(Page page) {
        return section(page).locator("form button");
    }

    private static Locator notice(Page page) {
        return page.locator(".clinic-notice");
    }

    private static String token(Page page) {
        return page.locator("input[name=stateChecker]").first().inputValue();
    }

    private static APIResponse post(Page page, String token, String hidden) {
        return page.context()
                .request()
                .post(
                        REALM.account("sessions/visibility"),
                        RequestOptions.create()
                                .setForm(FormData.create()
                                        .set("stateChecker", token)
                                        .set("hidden", hidden))
                                .setHeader("Accept", "text/html")
                                .setMaxRedirects(0));
    }

    /** As {@code GET staff} says it. */
    private String visibilityForTheOwner() {
        var owner = REALM.tokens().signIn("owner").accessToken();
        var staff = Http.bearer("GET", REALM.api("staff?search=" + person), owner, null)
                .json()
                .path("staff");
        assertThat(staff).hasSize(1);
        return staff.get(0).path("visibility").asText();
    }

    private static List<LedgerRow> changes(List<LedgerRow> rows) {
        return rows.stream()
                .filter(row -> "VISIBILITY_CHANGED".equals(row.action()))
                .toList();
    }

    private @Nullable String stored() {
        return REALM.user(person).toRepresentation().firstAttribute(ATTRIBUTE);
    }

    private void store(@Nullable String visibility) {
        var user = REALM.user(person).toRepresentation();
        user.setAttributes(visibility == null ? Map.of() : Map.of(ATTRIBUTE, List.of(visibility)));
        REALM.user(person).update(user);
    }

    private static void optOutAllowed(boolean allowed) {
        REALM.update(realm -> realm.getAttributes().put(SETTING, String.valueOf(allowed)));
    }

    /** A new clinic of that name, and the person its staff. */
    private void join(String name, Map<String, List<String>> attributes) {
        var organization = new OrganizationRepresentation();
        organization.setName(name);
        organization.setAlias(name.toLowerCase(Locale.ROOT));
        organization.setAttributes(attributes);
        organization.addDomain(new OrganizationDomainRepresentation(organization.getAlias() + ".example"));
        try (var created = REALM.admin().organizations().create(organization)) {
            assertThat(created.getStatus()).isEqualTo(201);
            var id = CreatedResponseUtil.getCreatedId(created);
            REALM.admin()
                    .organizations()
                    .get(id)
                    .members()
                    .addMember(REALM.userId(person))
                    .close();
        }
    }

    /** A row as the ledger gets it when somebody looks. */
    private void looked(String role, String name, long millisAgo) {
        REALM.server()
                .database()
                .update(
                        "INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, CLINIC_IDS, OCCURRED_AT, ACTION, USER_ID,"
                                + " USERNAME, ACTOR_TYPE, ACTOR_ID, ACTOR_NAME, STATE)"
                                + " VALUES (?, ?, ?, ?, 'SESSIONS_VIEWED', ?, ?, ?, ?, ?, 'DONE')",
                        UUID.randomUUID().toString(),
                        REALM.id(),
                        REALM.id(),
                        System.currentTimeMillis() - millisAgo,
                        REALM.userId(person),
                        person,
                        role,
                        UUID.randomUUID().toString(),
                        name);
    }
}
