package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many SQL statements the page and the REST call take: as many for 30 sessions as for 1. */
class QueryCountIT {

    private static final Logger LOG = Logger.getLogger(QueryCountIT.class.getName());
    private static final int MANY = 30;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void ofTheRestCall() throws Exception {
        var sql = REALM.server().sqlLog();
        assumeTrue(sql.isPresent(), "a container's SQL is not logged");
        REALM.addUser("few", "F", "Ew");
        REALM.addUser("many", "M", "Any");
        var few = REALM.tokens().signIn("few");
        var many = REALM.tokens().signIn("many");
        for (var i = 1; i < MANY; i++) {
            REALM.tokens().signIn("many");
        }
        list(few); // what is read once per realm and language is read
        list(many);

        var one = sql.get().during(() -> list(few));
        var thirty = sql.get().during(() -> list(many));

        LOG.info(() -> "REST: " + one.size() + " and " + thirty.size() + " statements: " + summary(thirty));
        assertThat(thirty).as(summary(thirty).toString()).hasSize(one.size());
    }

    @Test
    void ofThePage() throws Exception {
        var sql = REALM.server().sqlLog();
        assumeTrue(sql.isPresent(), "a container's SQL is not logged");
        REALM.addUser("page", "P", "Age");
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("sessions"), "page");
        page.reload();

        var one = reads(sql.get().during(page::reload));
        for (var i = 1; i < MANY; i++) {
            REALM.tokens().signIn("page");
        }
        page.reload();
        var thirty = reads(sql.get().during(page::reload));

        LOG.info(() -> "page: " + one.size() + " and " + thirty.size() + " statements: " + summary(thirty));
        assertThat(page.locator("li.clinic-session").count()).isEqualTo(MANY);
        assertThat(thirty).as(summary(thirty).toString()).hasSize(one.size());
    }

    /** In a browser that was signed in before: where nobody has a limit, nobody looks up why it is not any more. */
    @Test
    void ofTheSignInPage() throws Exception {
        var sql = REALM.server().sqlLog();
        assumeTrue(sql.isPresent(), "a container's SQL is not logged");
        REALM.addUser("back", "B", "Ack");
        var browser = LimitedSignIn.begin(REALM, "back").browser();
        REALM.user("back").logout();

        var without = sql.get().during(() -> LimitedSignIn.open(REALM, browser.copy(), Map.of()));
        REALM.update(realm -> realm.getAttributes().put("clinicSessions.maxSessions", "9"));
        try {
            var with = sql.get().during(() -> LimitedSignIn.open(REALM, browser.copy(), Map.of()));

            assertThat(without).noneMatch(statement -> statement.contains("CLINIC_SESSION_LEDGER"));
            assertThat(with).anyMatch(statement -> statement.contains("CLINIC_SESSION_LEDGER"));
        } finally {
            REALM.update(realm -> realm.getAttributes().put("clinicSessions.maxSessions", ""));
        }
    }

    @Test
    void ofTheAuditPage() throws Exception {
        var sql = REALM.server().sqlLog();
        assumeTrue(sql.isPresent(), "a container's SQL is not logged");
        REALM.addUser("audited", "A", "Udited");
        var samples = new LedgerSamples(REALM);
        samples.ended("audited", "Device", 1, 1);
        var page = browsers.signIn(Device.CHROME_ON_MAC, REALM.account("audit?user=audited"), "owner");
        page.reload();

        var one = reads(sql.get().during(page::reload));
        samples.ended("audited", "Device", 1_000, 60);
        page.reload();
        var fifty = reads(sql.get().during(page::reload));

        LOG.info(() -> "audit: " + one.size() + " and " + fifty.size() + " statements: " + summary(fifty));
        assertThat(page.locator(".clinic-ledger tbody > tr").count()).isEqualTo(50);
        assertThat(fifty).as(summary(fifty).toString()).hasSize(one.size());
    }

    private static int list(TokenSet tokens) {
        var answer = Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("sessions").size();
    }

    /** Without Keycloak's note that the session was used, which it makes at most once a second. */
    private static List<String> reads(List<String> statements) {
        return statements.stream()
                .filter(statement -> !statement.startsWith("update OFFLINE_USER_SESSION")
                        && !statement.contains("for no key update"))
                .toList();
    }

    private static Map<String, Long> summary(List<String> statements) {
        return statements.stream()
                .map(statement -> statement.replaceAll("\\s+", " ").replaceAll("^(.{160}).*", "$1"))
                .collect(Collectors.groupingBy(statement -> statement, TreeMap::new, Collectors.counting()));
    }
}
