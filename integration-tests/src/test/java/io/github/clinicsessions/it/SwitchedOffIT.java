package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jars installed, realm not switched on: it behaves as stock Keycloak. */
class SwitchedOffIT {

    @RegisterExtension
    static final TestRealm STOCK = TestRealm.stock();

    /** The theme is chosen but the listener, which is the switch, is not. */
    @RegisterExtension
    static final TestRealm THEME_ONLY = TestRealm.clinic().listeners("jboss-logging");

    /** The switch is on and another account theme is chosen: the rules hold, the pages are not shown. */
    @RegisterExtension
    static final TestRealm LISTENER_ONLY = TestRealm.clinic().accountTheme(null);

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void theApiIsNotThere() {
        for (var realm : new TestRealm[] {STOCK, THEME_ONLY}) {
            var tokens = realm.tokens().signIn("staff");
            for (var call : new String[][] {
                {"GET", "me/sessions"}, {"DELETE", "me/sessions/" + tokens.sessionId()}, {"POST", "me/sessions/end"}
            }) {
                var body = call[0].equals("POST") ? "{\"scope\":\"all\"}" : null;
                assertThat(Http.bearer(call[0], realm.api(call[1]), tokens.accessToken(), body)
                                .status())
                        .isEqualTo(404);
            }
            assertThat(realm.tokens().introspect(tokens)).isTrue();
        }
    }

    @Test
    void ourPagesAreNotThere() {
        assertThat(Http.get(THEME_ONLY.account("sessions")).status()).isEqualTo(404);
        assertThat(Http.get(THEME_ONLY.account("sessions/end-all")).status()).isEqualTo(404);
        assertThat(Http.get(THEME_ONLY.account("audit")).status()).isEqualTo(404);
        assertThat(Http.get(THEME_ONLY.account("audit.csv")).status()).isEqualTo(404);
        assertThat(Http.postForm(THEME_ONLY.account("sessions/end-others"), Map.of(), Map.of("stateChecker", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theConsoleIsTheStockOne() {
        for (var realm : new TestRealm[] {STOCK, THEME_ONLY, LISTENER_ONLY}) {
            var page =
                    browsers.signIn(Device.CHROME_ON_MAC, realm.account("account-security/device-activity"), "staff");
            page.locator("[data-testid='account-security/device-activity']").waitFor();
            page.getByText("Chrome").first().waitFor();

            assertThat(page.url()).contains("device-activity");
            assertThat(page.locator("[data-testid=clinicSettings]").count()).isZero();
        }
    }

    @Test
    void nothingIsWritten() {
        for (var realm : new TestRealm[] {STOCK, THEME_ONLY}) {
            realm.tokens().signOut(realm.tokens().signIn("nurse"));
        }
        // what is written by a realm that is on comes later in the queue of the same server
        var tokens = LISTENER_ONLY.tokens().signIn("nurse");
        LISTENER_ONLY.tokens().signOut(tokens);
        LISTENER_ONLY.ledger().await(LISTENER_ONLY.id(), LISTENER_ONLY.userId("nurse"), rows -> rows.size() == 2);

        assertThat(STOCK.ledger().rows(STOCK.id())).isEmpty();
        assertThat(THEME_ONLY.ledger().rows(THEME_ONLY.id())).isEmpty();
    }

    @Test
    void theApiDoesNotNeedTheTheme() {
        var tokens = LISTENER_ONLY.tokens().signIn("doctor");

        assertThat(Http.bearer("GET", LISTENER_ONLY.api("me/sessions"), tokens.accessToken(), null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void itCanBeSwitchedOnAndOffAgain() {
        var tokens = STOCK.tokens().signIn("owner");
        var url = STOCK.api("me/sessions");

        STOCK.update(realm -> realm.setEventsListeners(List.of("jboss-logging", "clinic-sessions")));
        assertThat(Http.bearer("GET", url, tokens.accessToken(), null).status()).isEqualTo(200);

        STOCK.update(realm -> realm.setEventsListeners(List.of("jboss-logging")));
        assertThat(Http.bearer("GET", url, tokens.accessToken(), null).status()).isEqualTo(404);
    }
}
