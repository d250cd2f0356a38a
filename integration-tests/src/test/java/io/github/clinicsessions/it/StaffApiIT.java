package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** REST {@code staff} of a clinic that is the realm: who is listed, what is found, what is said of their sessions. */
class StaffApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static TokenSet owner = new TokenSet("", "", "");

    @BeforeEach
    void onlyTheOwnerIsSignedIn() {
        REALM.admin().logoutAll();
        REALM.admin()
                .users()
                .list()
                .forEach(user -> REALM.user(user.getUsername()).logout());
        owner = REALM.tokens().signIn("owner");
    }

    @Test
    void listsStaffByUserNameAndNoServiceAccounts() {
        REALM.tokens().signIn("doctor");
        var doctor = one("doctor");

        assertThat(usernames(list("")))
                .contains("doctor", "nurse", "owner", "private", "staff")
                .doesNotContain("service-account-clinic-api")
                .isSorted();
        assertThat(doctor.path("id").asText()).isEqualTo(REALM.userId("doctor"));
        assertThat(doctor.path("displayName").asText()).isEqualTo("Dora Doctor");
        assertThat(doctor.path("enabled").asBoolean()).isTrue();
        assertThat(doctor.path("sessionCount").asInt()).isOne();
        assertThat(doctor.path("visibility").asText()).isEqualTo("visible");
        assertThat(one("nurse").path("sessionCount").asInt()).isZero();
        assertThat(one("nurse").path("lastActiveAt").isNull()).isTrue();
    }

    @Test
    void whoHasOptedOutIsCountedAndNothingElse() {
        REALM.tokens().signIn("private");
        REALM.tokens().signIn("private");

        var optedOut = one("private");

        assertThat(optedOut.path("visibility").asText()).isEqualTo("optedOut");
        assertThat(optedOut.path("sessionCount").asInt()).isEqualTo(2);
        assertThat(optedOut.path("lastActiveAt").isNull()).isTrue();
    }

    @Test
    void optingOutHasNoEffectWhereItIsNotAllowed() {
        REALM.tokens().signIn("private");
        REALM.update(realm -> realm.getAttributes().put("clinicSessions.optOutAllowed", "false"));
        try {
            assertThat(one("private").path("visibility").asText()).isEqualTo("visible");
            assertThat(one("private").path("lastActiveAt").isNull()).isFalse();
        } finally {
            REALM.update(realm -> realm.getAttributes().put("clinicSessions.optOutAllowed", "true"));
        }
    }

    @Test
    void thoseWhoMayNotSignInAreListedAsSuch() {
        REALM.addUser("left", "Lea", "Left");
        var left = REALM.user("left").toRepresentation();
        left.setEnabled(false);
        REALM.user("left").update(left);

        assertThat(one("left").path("enabled").asBoolean()).isFalse();
    }

    @Test
    void withoutANameThereIsTheUserName() {
        REALM.addUser("nameless", "", "");

        assertThat(one("nameless").path("displayName").asText()).isEqualTo("nameless");
    }

    @Test
    void administratorsDoNotExist() {
        for (var name :
                List.of("adm-role", "adm-composite", "adm-nested", "adm-group", "adm-subgroup", "adm-groupcomposite")) {
            REALM.addUser(name, "Ada", "Admin");
        }
        REALM.addUser("adm-not", "Ada", "Admin"); // a composite role and a group that administer nothing
        var viewUsers = managementRole("view-users");
        composite("support", viewUsers);
        composite("head-of-support", role("support"));
        composite("harmless", role("clinic-owner"));
        var byRole = group("", "by-role");
        var below = group(byRole, "below");
        var further = group(below, "further");
        var byComposite = group("", "by-composite");
        var harmless = group("", "harmless");
        clientRole(byRole, viewUsers);
        realmRole(byComposite, "head-of-support");
        realmRole(harmless, "harmless");

        REALM.user("adm-role").roles().clientLevel(management()).add(List.of(viewUsers));
        grant("adm-composite", "support");
        grant("adm-nested", "head-of-support");
        grant("adm-not", "harmless");
        join("adm-group", byRole);
        join("adm-subgroup", further);
        join("adm-groupcomposite", byComposite);
        join("adm-not", harmless);

        assertThat(usernames(list("adm-"))).containsExactly("adm-not");
        assertThat(list("adm-").path("total").asInt()).isOne();

        REALM.user("adm-role").roles().clientLevel(management()).remove(List.of(viewUsers));
        assertThat(usernames(list("adm-"))).containsExactly("adm-not", "adm-role");
    }

    @ParameterizedTest
    @CsvSource({
        "find_me, find_me",
        "FIND_ME, find_me",
        "findxme, ''",
        "dme_%, ''",
        "per%cent, find_me",
        "'back\\slash', find_me",
        "'%', find_me",
        "'\\', find_me",
        "ünal, find_me",
        "ÜNAL, find_me",
        "o'brien, find_me",
        "find-me@clinic, find_me",
        "' \t ünal  me@ ', find_me",
        "ünal doctor, ''",
        "doctor dora, doctor",
        "dora doctor, doctor",
        "[a-z], ''",
        "*, ''",
        "'\"doctor\"', ''",
    })
    void finds(String search, String expected) {
        if (REALM.admin().users().searchByUsername("find_me", true).isEmpty()) {
            REALM.addUser("find_me", "Ünal", "O'Brien");
            REALM.server()
                    .database()
                    .update(
                            "update USER_ENTITY set LAST_NAME = ?, EMAIL = ? where REALM_ID = ? and USERNAME = 'find_me'",
                            "O'Brien per%cent back\\slash",
                            "find-me@clinic.example",
                            REALM.id());
        }

        var found = list(search);

        assertThat(usernames(found)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
        assertThat(found.path("total").asInt()).isEqualTo(expected.isEmpty() ? 0 : 1);
    }

    @Test
    void givesPages() {
        for (var i = 1; i <= 5; i++) {
            REALM.addUser("page-" + i, "P", "Age");
        }

        assertThat(usernames(page("page-", 0, 2))).containsExactly("page-1", "page-2");
        assertThat(usernames(page("page-", 2, 2))).containsExactly("page-3", "page-4");
        assertThat(usernames(page("page-", 4, 2))).containsExactly("page-5");
        assertThat(usernames(page("page-", 5, 2))).isEmpty();
        assertThat(page("page-", 4, 2).path("total").asInt()).isEqualTo(5);
        assertThat(page("page-", 5, 2).path("total").asInt()).isEqualTo(5);
        assertThat(page("page-", 2_000_000_000, 2).path("total").asInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first=-1", "first=x", "first=2147483648", "max=0", "max=101", "max=x", "max=1.5"})
    void refusesWhatIsNoPage(String query) {
        assertThat(get(query).status()).isEqualTo(400);
    }

    @Test
    void aSearchHasABound() {
        assertThat(get("search=" + "x".repeat(100)).status()).isEqualTo(200);
        assertThat(get("search=" + "x%20".repeat(33) + "x").status()).isEqualTo(200);
        assertThat(get("search=" + "x".repeat(101)).status()).isEqualTo(400);
        assertThat(get("search=%00").status()).isEqualTo(400); // Keycloak itself
    }

    @Test
    void countsOnlineAndOfflineOfOneIdAsOne() {
        REALM.addUser("phone", "P", "Hone");
        RaceVictim.signIn(REALM, "phone", true); // online and offline, of one id
        REALM.tokens().signInOffline("phone"); // offline only

        assertAsOnTheirPage("phone", 3); // and the one that asks
    }

    @Test
    void doesNotCountWhatHasExpired() {
        REALM.addUser("idle", "I", "Dle");
        setBack(REALM.tokens().signIn("idle"), "LAST_SESSION_REFRESH", 1801); // the realm's idle time is 1800
        setBack(REALM.tokens().signIn("idle"), "LAST_SESSION_REFRESH", 1700);
        setBack(REALM.tokens().signIn("idle"), "CREATED_ON", 43201); // and its longest life 43200

        assertAsOnTheirPage("idle", 2);
    }

    @Test
    void doesNotCountWhatKeycloakRefuses() {
        REALM.addUser("refused", "R", "Efused");
        change(REALM.tokens().signIn("refused"), "REMEMBER_ME = true"); // which the realm has switched off
        change(
                REALM.tokens().signIn("refused"),
                "REMEMBER_ME = null, DATA = replace(DATA, '\"rememberMe\":false', '\"rememberMe\":true')");
        change(REALM.tokens().signIn("refused"), "REMEMBER_ME = null"); // a row of before 26.5, all right
        byIdentityProvider(REALM.tokens().signIn("refused"), "gone");
        byIdentityProvider(REALM.tokens().signIn("refused"), "there_is");
        identityProvider("there_is");

        assertAsOnTheirPage("refused", 3);

        REALM.admin().identityProviders().get("there_is").remove();
        assertAsOnTheirPage("refused", 3); // one less, and one more that has asked
    }

    @Test
    void saysWhenSomebodyWasLastActive() {
        REALM.addUser("active", "A", "Ctive");
        var before = REALM.tokens().signIn("active");
        setBack(before, "LAST_SESSION_REFRESH", 600);
        var after = REALM.tokens().signIn("active");
        setBack(after, "LAST_SESSION_REFRESH", 300);
        var set = REALM.server()
                .database()
                .number(
                        "select max(LAST_SESSION_REFRESH) from OFFLINE_USER_SESSION where USER_SESSION_ID = ?",
                        after.sessionId());

        assertThat(one("active").path("lastActiveAt").asText())
                .isEqualTo(Instant.ofEpochSecond(set).toString());

        REALM.tokens().refresh(before);
        assertThat(Instant.parse(one("active").path("lastActiveAt").asText())).isAfter(Instant.ofEpochSecond(set));
    }

    @Test
    void isForOwnersOnly() {
        assertThat(Http.bearer(
                                "GET",
                                REALM.api("staff"),
                                REALM.tokens().signIn("nurse").accessToken(),
                                null)
                        .status())
                .isEqualTo(403);
        assertThat(Http.get(REALM.api("staff")).status()).isEqualTo(401);
    }

    /** Their own page, for which they have to sign in once more; the list says the same at once afterwards. */
    private static void assertAsOnTheirPage(String username, int expected) {
        var own = Http.bearer(
                        "GET",
                        REALM.api("me/sessions"),
                        REALM.tokens().signIn(username).accessToken(),
                        null)
                .json()
                .path("sessions");
        var member = one(username);

        assertThat(own).hasSize(expected);
        assertThat(member.path("sessionCount").asInt()).isEqualTo(expected);
        assertThat(member.path("lastActiveAt").asText())
                .isEqualTo(StreamSupport.stream(own.spliterator(), false)
                        .map(session ->
                                Instant.parse(session.path("lastActiveAt").asText()))
                        .max(Instant::compareTo)
                        .map(Instant::toString)
                        .orElseThrow());
    }

    private static void setBack(TokenSet session, String column, int seconds) {
        change(session, column + " = " + column + " - " + seconds);
    }

    private static void byIdentityProvider(TokenSet session, String alias) {
        change(session, "DATA = replace(DATA, '\"notes\":{', '\"notes\":{\"identity_provider\":\"" + alias + "\",')");
    }

    private static void change(TokenSet session, String set) {
        assertThat(REALM.server()
                        .database()
                        .update(
                                "update OFFLINE_USER_SESSION set " + set + " where USER_SESSION_ID = ?",
                                session.sessionId()))
                .isOne();
    }

    private static void identityProvider(String alias) {
        var provider = new IdentityProviderRepresentation();
        provider.setAlias(alias);
        provider.setProviderId("oidc");
        provider.setConfig(Map.of(
                "clientId", "clinic",
                "clientSecret", "secret",
                "authorizationUrl", "https://idp.example/auth",
                "tokenUrl", "https://idp.example/token"));
        REALM.admin().identityProviders().create(provider).close();
    }

    private static String management() {
        return REALM.admin().clients().findByClientId("realm-management").get(0).getId();
    }

    private static RoleRepresentation managementRole(String name) {
        return REALM.admin().clients().get(management()).roles().get(name).toRepresentation();
    }

    private static RoleRepresentation role(String name) {
        return REALM.admin().roles().get(name).toRepresentation();
    }

    private static void composite(String name, RoleRepresentation of) {
        REALM.admin().roles().create(new RoleRepresentation(name, null, false));
        REALM.admin().roles().get(name).addComposites(List.of(of));
    }

    /** Its id; below no parent it is a top one. */
    private static String group(String parent, String name) {
        var group = new GroupRepresentation();
        group.setName(name);
        var groups = REALM.admin().groups();
        try (var response =
                parent.isEmpty() ? groups.add(group) : groups.group(parent).subGroup(group)) {
            assertThat(response.getStatus()).isEqualTo(201);
            return response.getLocation().getPath().replaceAll(".*/", "");
        }
    }

    private static void clientRole(String group, RoleRepresentation role) {
        REALM.admin().groups().group(group).roles().clientLevel(management()).add(List.of(role));
    }

    private static void realmRole(String group, String role) {
        REALM.admin().groups().group(group).roles().realmLevel().add(List.of(role(role)));
    }

    private static void grant(String username, String role) {
        REALM.user(username).roles().realmLevel().add(List.of(role(role)));
    }

    private static void join(String username, String group) {
        REALM.user(username).joinGroup(group);
    }

    private static JsonNode one(String username) {
        return StreamSupport.stream(list(username).path("staff").spliterator(), false)
                .filter(member -> member.path("username").asText().equals(username))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode list(String search) {
        return page(search, 0, 100);
    }

    private static JsonNode page(String search, int first, int max) {
        var answer = get("search=" + Http.encode(search) + "&first=" + first + "&max=" + max);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Answer get(String query) {
        return Http.bearer("GET", REALM.api("staff?" + query), owner.accessToken(), null);
    }

    private static List<String> usernames(JsonNode page) {
        return StreamSupport.stream(page.path("staff").spliterator(), false)
                .map(member -> member.path("username").asText())
                .toList();
    }
}
