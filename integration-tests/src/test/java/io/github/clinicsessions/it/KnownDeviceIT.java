package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Browsers are recognised by a cookie, and what is new is noticed: real sign-ins with cookie jars of their own. */
class KnownDeviceIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    @Test
    void theFirstBrowserIsNotNewAndTheSecondOneIs() {
        REALM.addUser("walker", "W", "Alker");
        var desk = new HttpBrowser();
        var first = signIn(desk, "walker");
        var rows = new KnownDeviceRows(REALM, "walker").await(1);
        var phone = HttpBrowser.sending(Map.of("User-Agent", Device.SAFARI_ON_IPHONE.userAgent()));
        var second = signIn(phone, "walker");
        rows.await(2);

        assertThat(rows.deviceOf(first.sessionId())).isEqualTo(rows.ids().get(0));
        assertThat(rows.marksOf(first.sessionId())).isEmpty();
        assertThat(rows.deviceOf(second.sessionId())).isEqualTo(rows.ids().get(1));
        assertThat(rows.marksOf(second.sessionId())).containsExactly("NEW_DEVICE");
        assertThat(rows.texts("LABEL").get(1)).isEqualTo("Safari on iPhone");
        assertThat(rows.mails()).isEqualTo(1);
        assertThat(noticed("walker", 1)).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("NEW_DEVICE");
            assertThat(row.actorType()).isEqualTo("SELF");
            assertThat(row.sessionRef()).isEqualTo(Ledger.reference(second.sessionId()));
            assertThat(row.device()).isEqualTo("Safari on iPhone");
            assertThat(row.ipAddress()).isEqualTo("127.0.0.1");
            assertThat(row.clinicIds()).isEqualTo(REALM.id());
        });

        var again = signIn(phone.with("KEYCLOAK_IDENTITY", null).with("AUTH_SESSION_ID", null), "walker");
        assertThat(again.sessionId()).isNotEqualTo(second.sessionId());
        assertThat(rows.deviceOf(again.sessionId())).isEqualTo(rows.ids().get(1));
        assertThat(rows.marksOf(again.sessionId())).isEmpty();
        assertThat(rows.ids()).hasSize(2);
    }

    /** Signs in with what the browser has; returns what the application gets. */
    private static TokenSet signIn(HttpBrowser browser, String username) {
        var callback = REALM.tokens().callback();
        var answer = browser.signIn(REALM.tokens().signInUrl("openid", Map.of()), callback, username);
        var code = CODE.matcher(answer.header("Location"));
        assertThat(code.find()).as(answer.header("Location")).isTrue();
        return REALM.tokens().redeem(code.group(1));
    }

    private static List<LedgerRow> noticed(String username, int rows) {
        return REALM
                .ledger()
                .await(REALM.id(), REALM.userId(username), all -> noticed(all).size() == rows)
                .stream()
                .filter(KnownDeviceIT::isNoticed)
                .toList();
    }

    private static List<LedgerRow> noticed(List<LedgerRow> all) {
        return all.stream().filter(KnownDeviceIT::isNoticed).toList();
    }

    private static boolean isNoticed(LedgerRow row) {
        return row.action().equals("NEW_DEVICE") || row.action().equals("UNFAMILIAR_COUNTRY");
    }
}
