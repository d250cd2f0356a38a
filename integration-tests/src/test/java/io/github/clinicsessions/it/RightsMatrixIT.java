package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import io.github.clinicsessions.it.RightsCallers.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Who may do what: every call by everybody. Each row is a call, each column somebody who makes it ({@link RightsCallers}), each
 * field the status of the answer; {@code login} is the way to the sign-in page, a dash that there is no such caller of that call. What
 * is refused must have changed nothing, and what is done must have been done.
 */
class RightsMatrixIT {

    /**
     * In braces: {@code north}, {@code south} and {@code hidden} are staff of these clinics, the last one opted out; {@code
     * admin} is staff of north who administers Keycloak; {@code victim} is staff of north with one {@code
     * session}, a new one wherever something is to happen.
     */
    private static final String OWNERS_CALLS = """
            call                                      | anonymous | staff | hidden | owner | elsewhere | both | stale | impersonated | admin | foreign | disabled | closed | service | tokenless | former
            GET staff                                 | 401       | 403   | 403    | 200   | 200       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET staff?clinic=north                    | 401       | 403   | 403    | 200   | 404       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET staff/{north}/sessions                | 401       | 403   | 403    | 200   | 404       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET staff/{hidden}/sessions               | 401       | 403   | 403    | 200   | 404       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET staff/{south}/sessions                | 401       | 403   | 403    | 404   | 200       | 404  | 404   | 404          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET staff/{admin}/sessions                | 401       | 403   | 403    | 404   | 404       | 404  | 404   | 404          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            DELETE staff/{victim}/sessions/{session}  | 401       | 403   | 403    | 204   | 404       | 204  | 401   | 401          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            POST staff/{victim}/sessions/end          | 401       | 403   | 403    | 200   | 404       | 200  | 401   | 401          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            POST staff/{victim}/offboard              | 401       | 403   | 403    | 200   | 404       | 200  | 401   | 401          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            POST staff/{admin}/offboard               | 401       | 403   | 403    | 404   | 404       | 404  | 401   | 401          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET settings                              | 401       | 403   | 403    | 200   | 200       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET settings?clinic=south                 | 401       | 403   | 403    | 404   | 200       | 404  | 404   | 404          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            PUT settings                              | 401       | 403   | 403    | 200   | 200       | 200  | 401   | 401          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET audit                                 | 401       | 403   | 403    | 200   | 200       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET audit?user={north}                    | 401       | 403   | 403    | 200   | 200       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET audit?user={south}                    | 401       | 403   | 403    | 200   | 200       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET audit.csv                             | 401       | 403   | 403    | 200   | 200       | 200  | 200   | 200          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET audit.csv?clinic=south                | 401       | 403   | 403    | 404   | 200       | 404  | 404   | 404          | 403   | 401     | 401      | 403    | 403     | 403       | 403
            GET me/sessions                           | 401       | 200   | 200    | 200   | 200       | 200  | 200   | 200          | 200   | 401     | 401      | 200    | 403     | 200       | 200
            GET ended                                 | 401       | 404   | 404    | 404   | 404       | 404  | 404   | 404          | 404   | 401     | 401      | 404    | 200     | 404       | 404
            """;

    /** Keycloak's roles of administrators give no right to an owner's calls. */
    private static final String OWNERS_CALLS_BY_ADMINISTRATORS = """
            call                                      | none | view-users | manage-users | view-events | manage-events | view-realm | manage-realm | realm-admin
            GET staff                                 | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            GET staff/{north}/sessions                | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            DELETE staff/{victim}/sessions/{session}  | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            POST staff/{victim}/sessions/end          | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            POST staff/{victim}/offboard              | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            GET settings                              | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            PUT settings                              | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            GET audit                                 | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            GET audit.csv                             | 403  | 403        | 403          | 403         | 403           | 403        | 403          | 403
            """;

    /** Below {@code admin/realms/{realm}/clinic-sessions}. What an administrator has no role for does not exist. */
    private static final String ADMINISTRATORS_CALLS = """
            call                                      | anonymous | owner | none | view-users | manage-users | view-events | manage-events | view-realm | manage-realm | realm-admin | abroad
            GET staff                                 | 401       | 404   | 404  | 200        | 200          | 404         | 404           | 404        | 404          | 200         | 403
            GET staff?clinic=north                    | 401       | 404   | 404  | 200        | 200          | 404         | 404           | 404        | 404          | 200         | 403
            GET staff?clinic=nowhere                  | 401       | 404   | 404  | 404        | 404          | 404         | 404           | 404        | 404          | 404         | 403
            GET staff/{north}/sessions                | 401       | 404   | 404  | 200        | 200          | 404         | 404           | 404        | 404          | 200         | 403
            GET staff/{hidden}/sessions               | 401       | 404   | 404  | 200        | 200          | 404         | 404           | 404        | 404          | 200         | 403
            GET staff/{admin}/sessions                | 401       | 404   | 404  | 200        | 200          | 404         | 404           | 404        | 404          | 200         | 403
            DELETE staff/{victim}/sessions/{session}  | 401       | 404   | 404  | 404        | 204          | 404         | 404           | 404        | 404          | 204         | 403
            POST staff/{victim}/sessions/end          | 401       | 404   | 404  | 404        | 200          | 404         | 404           | 404        | 404          | 200         | 403
            GET settings                              | 401       | 404   | 404  | 404        | 404          | 404         | 404           | 200        | 200          | 200         | 403
            GET settings?clinic=south                 | 401       | 404   | 404  | 404        | 404          | 404         | 404           | 200        | 200          | 200         | 403
            PUT settings?clinic=north                 | 401       | 404   | 404  | 404        | 404          | 404         | 404           | 404        | 200          | 200         | 403
            GET audit                                 | 401       | 404   | 404  | 404        | 404          | 200         | 200           | 404        | 404          | 200         | 403
            GET audit.csv                             | 401       | 404   | 404  | 404        | 404          | 200         | 200           | 404        | 404          | 200         | 403
            GET preflight                             | 401       | 404   | 404  | 404        | 404          | 404         | 404           | 200        | 200          | 200         | 403
            GET ledger/verify                         | 401       | 404   | 404  | 404        | 404          | 200         | 200           | 404        | 404          | 200         | 403
            """;

    /** By browser. A form carries its token; without one it is refused whoever sends it. */
    private static final String PAGES = """
            call                                      | anonymous | staff | hidden | owner | elsewhere | both | impersonated | admin | disabled | closed | former
            GET sessions                              | login     | 200   | 200    | 200   | 200       | 200  | 200          | 200   | login    | 200    | 200
            GET security                              | login     | 403   | 403    | 200   | 200       | 200  | 200          | 403   | login    | 403    | 403
            GET security?clinic=north                 | login     | 403   | 403    | 200   | 404       | 200  | 200          | 403   | login    | 403    | 403
            GET staff                                 | login     | 403   | 403    | 200   | 200       | 200  | 200          | 403   | login    | 403    | 403
            GET staff?clinic=north                    | login     | 403   | 403    | 200   | 404       | 200  | 200          | 403   | login    | 403    | 403
            GET staff/{north}                         | login     | 403   | 403    | 200   | 404       | 200  | 200          | 403   | login    | 403    | 403
            GET staff/{hidden}                        | login     | 403   | 403    | 200   | 404       | 200  | 200          | 403   | login    | 403    | 403
            GET staff/{south}                         | login     | 403   | 403    | 404   | 200       | 404  | 404          | 403   | login    | 403    | 403
            GET staff/{admin}                         | login     | 403   | 403    | 404   | 404       | 404  | 404          | 403   | login    | 403    | 403
            GET staff/{victim}/end-all                | login     | 403   | 403    | 200   | 404       | 200  | 403          | 403   | login    | 403    | 403
            GET staff/{victim}/offboard               | login     | 403   | 403    | 200   | 404       | 200  | 403          | 403   | login    | 403    | 403
            POST staff/{victim}/end-all               | 303       | 403   | 403    | done  | 404       | done | 403          | 403   | 303      | 403    | 403
            POST staff/{victim}/offboard              | 303       | 403   | 403    | done  | 404       | done | 403          | 403   | 303      | 403    | 403
            GET audit                                 | login     | 403   | 403    | 200   | 200       | 200  | 200          | 403   | login    | 403    | 403
            GET audit?clinic=north                    | login     | 403   | 403    | 200   | 404       | 200  | 200          | 403   | login    | 403    | 403
            GET audit.csv                             | login     | 403   | 403    | 200   | 200       | 200  | 200          | 403   | login    | 403    | 403
            POST security                             | 303       | 403   | 403    | 303   | 303       | 303  | 403          | 403   | 303      | 403    | 403
            """;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinics();

    @RegisterExtension
    static final TestRealm ABROAD = TestRealm.clinic();

    private static final RightsCallers CALLERS = new RightsCallers(REALM, ABROAD);
    private static final String LOGIN = "login";

    /** A form that has done what it says; 303 leads to the sign-in. */
    private static final String DONE = "done";

    private static final Pattern CHECKER = Pattern.compile("name=\"stateChecker\" value=\"([^\"]+)\"");
    private static final AtomicInteger VICTIMS = new AtomicInteger();

    @BeforeAll
    static void everybodyIsThere() {
        CALLERS.prepare();
    }

    @TestFactory
    Stream<DynamicContainer> ownersCalls() {
        return matrix(OWNERS_CALLS, RightsMatrixIT::bearer);
    }

    @TestFactory
    Stream<DynamicContainer> ownersCallsByAdministrators() {
        return matrix(OWNERS_CALLS_BY_ADMINISTRATORS, RightsMatrixIT::bearer);
    }

    @TestFactory
    Stream<DynamicContainer> administratorsCalls() {
        return matrix(ADMINISTRATORS_CALLS, RightsMatrixIT::administrator);
    }

    @TestFactory
    Stream<DynamicContainer> pages() {
        return matrix(PAGES, RightsMatrixIT::browser);
    }

    /** Who looks in an owner's name is named to the person as who they are. */
    @Test
    void anAdministratorInTheOwnersNameIsSeenAsTheAdministrator() {
        REALM.addUser("looked-at", "L", "Ooked");
        new Organizations(REALM).join("north", "looked-at");
        REALM.tokens().signIn("looked-at");

        var page = CALLERS.named("impersonated").browser().get(REALM.account("staff/" + REALM.userId("looked-at")));

        assertThat(page.status()).isEqualTo(200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(REALM.ledgerOf("looked-at"))
                        .filteredOn(row -> row.action().equals("SESSIONS_VIEWED"))
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row.actorType()).isEqualTo("ADMIN");
                            assertThat(row.actorName()).isEqualTo("admin");
                        }));
    }

    /** A call of a caller, and whether it can be made in that way at all. */
    @FunctionalInterface
    private interface Way {
        Answer send(Caller caller, String method, String path);
    }

    /** By column: each caller signs in once. */
    private static Stream<DynamicContainer> matrix(String table, Way way) {
        var rows = table.lines().map(RightsMatrixIT::fields).toList();
        var head = rows.get(0);
        var columns = new ArrayList<DynamicContainer>();
        for (var i = 1; i < head.size(); i++) {
            var column = i;
            columns.add(DynamicContainer.dynamicContainer(
                    head.get(i),
                    rows.stream()
                            .skip(1)
                            .filter(row -> !row.get(column).equals("-"))
                            .map(row -> DynamicTest.dynamicTest(
                                    row.get(0) + " → " + row.get(column),
                                    () -> check(way, CALLERS.named(head.get(column)), row.get(0), row.get(column))))));
        }
        return columns.stream();
    }

    private static List<String> fields(String row) {
        return Stream.of(row.split("\\|")).map(String::strip).toList();
    }

    private static void check(Way way, Caller caller, String call, String expected) {
        var method = call.substring(0, call.indexOf(' '));
        var path = call.substring(call.indexOf(' ') + 1);
        for (var person : Map.of(
                        "{north}", "north-nurse",
                        "{south}", "south-staff",
                        "{hidden}", "north-hidden",
                        "{admin}", "north-admin")
                .entrySet()) {
            if (path.contains(person.getKey())) {
                path = path.replace(person.getKey(), CALLERS.id(person.getValue()));
            }
        }
        if (!path.contains("{victim}")) {
            assertStatus(way.send(caller, method, path), expected);
            return;
        }
        // Whoever nothing should happen to may serve again.
        var changes = !method.equals("GET") && (expected.startsWith("2") || expected.equals(DONE));
        var name = changes ? "victim-" + VICTIMS.incrementAndGet() : RightsCallers.SURVIVOR;
        var id = changes ? CALLERS.person(name, "north") : CALLERS.id(name);
        var session = REALM.tokens().signIn(name);

        var answer = way.send(caller, method, path.replace("{victim}", id).replace("{session}", session.sessionId()));

        assertStatus(answer, expected);
        assertThat(REALM.tokens().introspect(session)).as("the session lives").isEqualTo(!changes);
        assertThat(REALM.user(name).toRepresentation().isEnabled()).isEqualTo(!changes || !path.endsWith("offboard"));
    }

    private static void assertStatus(Answer answer, String expected) {
        assertThat(answer.status())
                .as(answer.body())
                .isEqualTo(expected.equals(LOGIN) || expected.equals(DONE) ? 303 : Integer.parseInt(expected));
        var ours = answer.header("Content-Type").startsWith("application/problem+json");
        if (expected.equals(LOGIN)) {
            assertThat(answer.header("Location")).contains("/protocol/openid-connect/auth");
        }
        if (ours && answer.status() == 401) {
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }
        if (ours && answer.status() == 404) {
            assertThat(answer.body()).doesNotContain("detail");
        }
    }

    private static Answer bearer(Caller caller, String method, String path) {
        return send(caller, method, REALM.api(path));
    }

    private static Answer administrator(Caller caller, String method, String path) {
        return send(
                caller, method, REALM.server().url() + "/admin/realms/" + REALM.name() + "/clinic-sessions/" + path);
    }

    private static Answer send(Caller caller, String method, String url) {
        var body = method.equals("PUT")
                ? "{\"optOutAllowed\":true}"
                : method.equals("POST") ? "{\"scope\":\"all\"}" : null;
        var token = caller.token();
        return token.isEmpty()
                ? Http.send(method, url, Map.of("Content-Type", "application/json"), body)
                : Http.bearer(method, url, token, body);
    }

    private static Answer browser(Caller caller, String method, String path) {
        var browser = caller.browser();
        if (method.equals("GET")) {
            return browser.get(REALM.account(path));
        }
        var forms = browser.get(REALM.account("sessions")).body();
        var checker = CHECKER.matcher(forms);
        var form = new TreeMap<String, String>();
        if (checker.find()) {
            form.put("stateChecker", checker.group(1));
            assertThat(browser.post(REALM.account(path), Map.of()).status())
                    .as("without the form's token")
                    .isEqualTo(403);
        }
        // One of the two changes something, whatever is set now.
        form.put("optOutAllowed", "true");
        var one = browser.post(REALM.account(path), form);
        form.put("optOutAllowed", "false");
        var other = browser.post(REALM.account(path), form);
        return one.status() > other.status() ? one : other;
    }
}
