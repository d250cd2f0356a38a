package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.clinicsessions.it.StaffPages.confirm;
import static io.github.clinicsessions.it.StaffPages.find;
import static io.github.clinicsessions.it.StaffPages.look;
import static io.github.clinicsessions.it.StaffPages.notice;
import static io.github.clinicsessions.it.StaffPages.people;
import static io.github.clinicsessions.it.StaffPages.rows;
import static io.github.clinicsessions.it.StaffPages.stateChecker;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;

/** The pages about one person of an owner's staff, as people use them. */
class StaffPersonPageIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private final StaffPages pages = new StaffPages(REALM, browsers);

    @BeforeEach
    void nobodyIsSignedIn() {
        for (var name : List.of("owner", "staff", "nurse", "doctor", "private")) {
            REALM.user(name).logout();
        }
    }

    @Test
    void showsAPersonsSessionsAndThePersonWillKnow() {
        REALM.tokens().signIn("doctor", Device.FIREFOX_ON_WINDOWS.userAgent());
        REALM.tokens().signInOffline("doctor");
        var page = pages.open(true, "staff?search=dora");

        page.getByText("Dora Doctor").click();

        assertThat(page.locator("h1")).hasText("Dora Doctor");
        assertThat(page.locator("main")).containsText("doctor");
        assertThat(rows(page)).hasCount(2);
        assertThat(page.locator(".clinic-sessions")).containsText("Firefox on Windows");
        assertThat(page.locator(".clinic-sessions")).containsText("Clinic app");
        assertThat(page.locator(".clinic-sessions")).containsText("Offline access");
        assertThat(page.locator(".clinic-sessions")).not().containsText("This device");
        assertThat(page.getByText("Dora Doctor can see that you have looked.")).isVisible();
        var views = REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId("doctor"),
                        rows -> rows.stream()
                                .anyMatch(row -> row.action().equals("SESSIONS_VIEWED")
                                        || row.action().contains("VIEW")));
        assertThat(views).anySatisfy(row -> {
            assertThat(row.actorType()).isEqualTo("OWNER");
            assertThat(row.actorId()).isEqualTo(REALM.userId("owner"));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsOne(boolean javaScript) {
        var ended = REALM.tokens().signIn("nurse", Device.FIREFOX_ON_WINDOWS.userAgent());
        var kept = REALM.tokens().signIn("nurse", Device.SAFARI_ON_IPHONE.userAgent());
        var page = pages.open(javaScript, pages.person("nurse"));

        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Sign out Firefox on Windows")
                                .setExact(true))
                .click();

        assertThat(notice(page)).containsText("Firefox on Windows is signed out.");
        assertThat(page).hasURL(REALM.account(pages.person("nurse")));
        assertThat(rows(page)).hasCount(1);
        assertThat(REALM.tokens().introspect(ended)).isFalse();
        assertThat(REALM.tokens().introspect(kept)).isTrue();
        assertEndedByOwner("nurse", ended);
    }

    @Test
    void whatHasEndedMeanwhileIsSaid() {
        REALM.tokens().signIn("nurse", Device.FIREFOX_ON_WINDOWS.userAgent());
        var page = pages.open(true, pages.person("nurse"));
        var id = page.locator("main input[name=session]").inputValue();
        var other = page.context().newPage();
        other.navigate(REALM.account(pages.person("nurse")));
        other.locator(".clinic-session button").click();
        assertThat(notice(other)).containsText("Firefox on Windows is signed out.");

        page.locator(".clinic-session button").click();

        assertThat(notice(page)).containsText("had already ended");
        page.navigate(REALM.account(pages.person("nurse") + "/end?session=" + id));
        assertThat(notice(page)).containsText("had already ended");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAll(boolean javaScript) {
        var first = REALM.tokens().signIn("nurse");
        var second = REALM.tokens().signInOffline("nurse");
        var page = pages.open(javaScript, pages.person("nurse"));

        page.getByText("Sign out everywhere…").click();
        assertThat(page.locator("h1")).hasText("Sign out everywhere?");
        assertThat(page.locator("main")).containsText("Nora Nurse");
        assertThat(page.locator("main")).containsText("All 2 sessions end.");
        page.getByText("Cancel").click();
        assertThat(rows(page)).hasCount(2);
        page.getByText("Sign out everywhere…").click();
        confirm(page);

        assertThat(notice(page)).containsText("Nora Nurse is signed out everywhere: 2 sessions have ended.");
        assertThat(page.locator("main")).containsText("Not signed in");
        assertThat(REALM.sessionCount("nurse")).isZero();
        assertThat(REALM.tokens().refresh(second).status()).isEqualTo(400);
        assertEndedByOwner("nurse", first, second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void offboards(boolean javaScript) {
        var name = "leaver-" + javaScript;
        REALM.addUser(name, "Lea", "Leaver");
        var session = REALM.tokens().signIn(name);
        var page = pages.open(javaScript, pages.person(name));

        page.getByText("Offboard…").click();
        assertThat(page.locator("h1")).hasText("Offboard this person?");
        assertThat(page.locator("main")).containsText("The only session ends.");
        assertThat(page.locator("main")).containsText("only an administrator can enable it again");
        confirm(page);

        assertThat(page).hasURL(REALM.account("staff"));
        assertThat(notice(page))
                .containsText("Lea Leaver is offboarded: the account is disabled, and one session has ended.");
        assertThat(REALM.user(name).toRepresentation().isEnabled()).isFalse();
        assertThat(REALM.sessionCount(name)).isZero();
        assertEndedByOwner(name, session);
        find(page, name);
        assertThat(people(page)).containsText("Disabled");
        people(page).getByRole(AriaRole.LINK).click();
        assertThat(page.locator("main")).containsText("Disabled");
        assertThat(page.getByText("Offboard…")).hasCount(0);
    }

    /** Keycloak may write nothing to persons of a directory that is switched off. */
    @Test
    void offboardsNobodyOfAReadOnlyDirectory() {
        REALM.addUser("elsewhere", "Elsa", "Elsewhere");
        var session = REALM.tokens().signIn("elsewhere");
        var directory = new ComponentRepresentation();
        directory.setName("directory");
        directory.setProviderId("ldap");
        directory.setProviderType("org.keycloak.storage.UserStorageProvider");
        directory.setParentId(REALM.id());
        var config = new MultivaluedHashMap<String, String>();
        Map.of(
                        "enabled", "false",
                        "editMode", "READ_ONLY",
                        "vendor", "other",
                        "connectionUrl", "ldap://127.0.0.1:1",
                        "usersDn", "ou=people,dc=clinic",
                        "usernameLDAPAttribute", "uid",
                        "rdnLDAPAttribute", "uid",
                        "uuidLDAPAttribute", "entryUUID",
                        "userObjectClasses", "inetOrgPerson",
                        "authType", "none")
                .forEach(config::putSingle);
        directory.setConfig(config);
        String id;
        try (var created = REALM.admin().components().add(directory)) {
            assertThat(created.getStatus()).isEqualTo(201);
            id = created.getLocation().getPath().replaceAll(".*/", "");
        }
        var path = pages.person("elsewhere");
        REALM.server()
                .database()
                .update(
                        "update USER_ENTITY set FEDERATION_LINK = ? where REALM_ID = ? and USERNAME = 'elsewhere'",
                        id,
                        REALM.id());
        REALM.admin().clearUserCache();
        try {
            var page = pages.open(true, path + "/offboard");
            confirm(page);

            assertThat(page.locator("h1")).hasText("The account is kept elsewhere");
            assertThat(page.locator("main")).containsText("Nothing was changed, and no session has ended.");
            assertThat(REALM.server()
                            .database()
                            .number(
                                    "select count(*) from OFFLINE_USER_SESSION where USER_SESSION_ID = ?",
                                    session.sessionId()))
                    .isOne();
            assertThat(REALM.server()
                            .database()
                            .number(
                                    "select count(*) from USER_ENTITY where REALM_ID = ? and USERNAME = 'elsewhere' and ENABLED",
                                    REALM.id()))
                    .isOne();
        } finally {
            REALM.admin().components().component(id).remove();
        }
    }

    @Test
    void nobodyOffboardsThemselvesOrAnotherOwner() {
        REALM.addUser("second-owner", "Otto", "Owner");
        REALM.user("second-owner")
                .roles()
                .realmLevel()
                .add(List.of(REALM.admin().roles().get("clinic-owner").toRepresentation()));
        var page = pages.open(true, pages.person("second-owner"));
        assertThat(page.locator("h1")).hasText("Otto Owner");
        assertThat(page.getByText("Offboard…")).hasCount(0);

        for (var name : List.of("owner", "second-owner")) {
            assertThat(page.navigate(REALM.account(pages.person(name) + "/offboard"))
                            .status())
                    .isEqualTo(409);
            assertThat(page.locator("main")).containsText("Nothing was changed.");
            assertThat(pages.post(page, pages.person(name) + "/offboard", Map.of("stateChecker", stateChecker(page)))
                            .status())
                    .isEqualTo(409);
            assertThat(REALM.user(name).toRepresentation().isEnabled()).isTrue();
        }
    }

    @Test
    void whoeverHasOptedOutIsCountedAndNothingElse() {
        var session = REALM.tokens().signIn("private", Device.FIREFOX_ON_WINDOWS.userAgent());
        REALM.tokens().signIn("private", Device.SAFARI_ON_IPHONE.userAgent());
        var page = pages.open(true, "staff?search=private");
        assertThat(people(page)).containsText("2 sessions");
        assertThat(people(page)).containsText("Has chosen not to be seen");
        assertSaysNothing(page, session);

        people(page).getByRole(AriaRole.LINK).click();

        assertThat(page.locator("main")).containsText("Priya Private has chosen not to be seen.");
        assertThat(page.locator("main")).containsText("2 sessions");
        assertThat(page.locator("main")).not().containsText("can see that you have looked");
        assertSaysNothing(page, session);
        for (var below : List.of("/end?session=" + session.sessionId(), "/end?session=x", "/end")) {
            assertThat(page.navigate(REALM.account(pages.person("private") + below))
                            .status())
                    .isEqualTo(404);
            assertSaysNothing(page, session);
        }
        var form = Map.of("stateChecker", stateChecker(page), "session", session.sessionId());
        assertThat(pages.post(page, pages.person("private") + "/end", form).status())
                .isEqualTo(404);
        assertThat(REALM.tokens().introspect(session)).isTrue();

        page.navigate(REALM.account(pages.person("private")));
        page.getByText("Sign out everywhere…").click();
        assertSaysNothing(page, session);
        confirm(page);
        assertThat(notice(page)).containsText("2 sessions have ended");
        assertThat(REALM.sessionCount("private")).isZero();
    }

    @Test
    void whoeverIsNotOverseenDoesNotExist() {
        REALM.addUser("keycloak-admin", "Ada", "Admin");
        var management = REALM.admin()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        REALM.user("keycloak-admin")
                .roles()
                .clientLevel(management)
                .add(List.of(REALM.admin()
                        .clients()
                        .get(management)
                        .roles()
                        .get("view-users")
                        .toRepresentation()));
        var page = pages.open(true, "staff");
        var token = stateChecker(page);
        var clinicApi =
                REALM.admin().clients().findByClientId(Tokens.API).get(0).getId();
        var robot =
                REALM.admin().clients().get(clinicApi).getServiceAccountUser().getId();
        for (var id : List.of(
                REALM.userId("keycloak-admin"),
                robot,
                "00000000-0000-0000-0000-000000000000",
                "f:x:y",
                "%3Cb%3E",
                "%22",
                "..%2F..",
                "a%5Cb",
                "%C3%A4",
                "x".repeat(300))) {
            for (var below : List.of("", "/end", "/end?session=x", "/end-all", "/offboard", "/nothing", "/a/b")) {
                assertThat(page.navigate(REALM.account("staff/" + id + below)).status())
                        .as(id + below)
                        .isEqualTo(404);
                assertThat(page.locator("h1")).hasText("Page not found");
            }
            for (var below : List.of("/end", "/end-all", "/offboard")) {
                assertThat(pages.post(
                                        page,
                                        "staff/" + id + below,
                                        Map.of("stateChecker", token, "session", "AAAAAAAAAAAAAAAAAAAAAAAA"))
                                .status())
                        .as(id + below)
                        .isEqualTo(404);
            }
        }
        assertThat(page.navigate(REALM.account("staff?clinic=north")).status()).isEqualTo(404);
        page.getByText("Back to staff").click();
        assertThat(page).hasURL(REALM.account("staff"));
        assertThat(REALM.user("keycloak-admin").toRepresentation().isEnabled()).isTrue();
    }

    @Test
    void anothersSessionIsNotFound() {
        REALM.tokens().signIn("nurse");
        var doctor = REALM.tokens().signIn("doctor");
        var page = pages.open(true, pages.person("nurse"));
        var form = Map.of("stateChecker", stateChecker(page), "session", doctor.sessionId());

        assertThat(pages.post(page, pages.person("nurse") + "/end", form).status())
                .isEqualTo(404);
        assertThat(page.navigate(REALM.account(pages.person("nurse") + "/end?session=" + doctor.sessionId()))
                        .status())
                .isEqualTo(404);
        assertThat(REALM.tokens().introspect(doctor)).isTrue();
    }

    @Test
    void isForOwnersOnly() {
        var victim = REALM.tokens().signIn("nurse");
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("staff"), "staff");
        assertThat(page.locator("h1")).hasText("Not allowed");

        for (var path : List.of(
                "staff",
                pages.person("nurse"),
                pages.person("nurse") + "/end-all",
                pages.person("nurse") + "/offboard",
                "staff/x/y")) {
            assertThat(page.navigate(REALM.account(path)).status()).as(path).isEqualTo(403);
        }
        for (var below : List.of("/end", "/end-all", "/offboard")) {
            var form = Map.of("stateChecker", stateChecker(page), "session", victim.sessionId());
            assertThat(pages.post(page, pages.person("nurse") + below, form).status())
                    .isEqualTo(403);
        }
        assertThat(REALM.tokens().introspect(victim)).isTrue();
    }

    @Test
    void aFormWithoutTheRightTokenChangesNothing() {
        var victim = REALM.tokens().signIn("nurse");
        var page = pages.open(true, pages.person("nurse"));

        for (var below : List.of("/end", "/end-all", "/offboard")) {
            for (var token : List.of("", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
                var form = Map.of("stateChecker", token, "session", victim.sessionId());
                assertThat(pages.post(page, pages.person("nurse") + below, form).status())
                        .as(below)
                        .isEqualTo(403);
            }
        }
        assertThat(REALM.tokens().introspect(victim)).isTrue();
        assertThat(REALM.user("nurse").toRepresentation().isEnabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endingOneTakesARecentSignIn(boolean javaScript) {
        var session = REALM.tokens().signIn("nurse", Device.FIREFOX_ON_WINDOWS.userAgent());
        var page = pages.open(javaScript, pages.person("nurse"));
        REALM.signedInLongAgo("owner");

        page.locator(".clinic-session button").click();
        signInAgain(page);

        assertThat(page.locator("h1")).hasText("Sign out this session?");
        assertThat(page.locator("main")).containsText("Firefox on Windows");
        assertThat(page.locator("main")).containsText("Nora Nurse");
        assertThat(REALM.tokens().introspect(session)).isTrue();
        confirm(page);
        assertThat(notice(page)).containsText("Firefox on Windows is signed out.");
        assertThat(REALM.tokens().introspect(session)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"end-all", "offboard"})
    void whatEndsMoreTakesARecentSignIn(String what) {
        var name = "stepup-" + what;
        REALM.addUser(name, "Stella", "Stepup");
        var session = REALM.tokens().signIn(name);
        var page = pages.open(true, pages.person(name));
        REALM.signedInLongAgo("owner");

        page.getByText(what.equals("offboard") ? "Offboard…" : "Sign out everywhere…")
                .click();
        signInAgain(page);
        assertThat(page).hasURL(REALM.account(pages.person(name) + "/" + what));

        REALM.signedInLongAgo("owner"); // while the confirmation was left open
        confirm(page);
        signInAgain(page);
        assertThat(page).hasURL(REALM.account(pages.person(name) + "/" + what));
        assertThat(REALM.tokens().introspect(session)).isTrue();
        confirm(page);

        assertThat(notice(page)).containsText("Stella Stepup");
        assertThat(REALM.tokens().introspect(session)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.github.clinicsessions.it.StaffPages#devices")
    void everybodyCanUseThem(String name, Device device) {
        var longName = "long-" + name;
        REALM.addUser(longName, "Maximiliane-Alexandra", "von_und_zu_Unaussprechlich-Langenscheidt");
        for (var userAgent : List.of(
                Device.FIREFOX_ON_WINDOWS.userAgent(),
                Device.SAFARI_ON_IPHONE.userAgent(),
                Device.CHROME_ON_MAC.userAgent())) {
            REALM.tokens().signIn("nurse", userAgent);
        }
        REALM.tokens().signIn("private");
        REALM.tokens().signIn(longName);
        var page = browsers.signedIn(device, REALM.account(pages.person("nurse")), "owner");
        look(page, "staff-person-" + name);
        var session = page.locator("main input[name=session]").first().inputValue();
        page.navigate(REALM.account(pages.person("nurse") + "/end?session=" + session));
        look(page, "staff-end-" + name);
        page.navigate(REALM.account(pages.person("nurse") + "/end-all"));
        look(page, "staff-end-all-" + name);
        page.navigate(REALM.account(pages.person(longName) + "/offboard"));
        look(page, "staff-offboard-" + name);
        confirm(page);
        notice(page).waitFor();
        look(page, "staff-offboarded-" + name);
        page.navigate(REALM.account(pages.person(longName)));
        look(page, "staff-long-" + name);
        page.navigate(REALM.account(pages.person("private")));
        look(page, "staff-opted-out-" + name);
        page.navigate(REALM.account(pages.person("owner") + "/offboard"));
        look(page, "staff-conflict-" + name);
    }

    /** Keycloak knows who it is and asks for the password only. */
    private static void signInAgain(Page page) {
        page.locator("#password").waitFor();
        page.fill("#password", "owner");
        page.click("#kc-login");
        page.locator("h1.pf-v5-c-title").waitFor();
    }

    private static void assertEndedByOwner(String username, TokenSet... sessions) {
        var ends = REALM.ledger()
                .await(
                        REALM.id(),
                        REALM.userId(username),
                        rows -> Stream.of(sessions)
                                .allMatch(session -> rows.stream().anyMatch(row -> isEndOf(session, row))));
        for (var session : sessions) {
            assertThat(ends)
                    .filteredOn(row -> isEndOf(session, row))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.cause()).isEqualTo("ENDED_BY_OWNER");
                        assertThat(row.actorType()).isEqualTo("OWNER");
                        assertThat(row.actorId()).isEqualTo(REALM.userId("owner"));
                    });
        }
    }

    private static boolean isEndOf(TokenSet session, LedgerRow row) {
        return row.cause() != null && Ledger.reference(session.sessionId()).equals(row.sessionRef());
    }

    private static void assertSaysNothing(Page page, TokenSet session) {
        var main = page.locator("main").innerHTML();
        assertThat(main).doesNotContain("Firefox", "Safari", "iPhone", "Windows", "127.0.0.1", "<time", "ago", "UTC");
        assertThat(page.content().replace(page.url(), "")).doesNotContain(session.sessionId(), "datetime=");
    }
}
