package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An administrator signs out a whole realm, of which some sessions are older than the extension. */
class RealmSignOutIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.stock();

    @Test
    void everySessionOfTheRealmLeavesItsRow() {
        var before = REALM.tokens().signIn("staff");
        var offlineBefore = REALM.tokens().signInOffline("nurse");
        REALM.update(realm -> realm.setEventsListeners(List.of("jboss-logging", "clinic-sessions")));
        var after = REALM.tokens().signIn("doctor");
        Awaitility.await("those from before too")
                .until(() -> REALM.server()
                                .database()
                                .number("SELECT COUNT(*) FROM CLINIC_LIVING_SESSION WHERE REALM_ID = ?", REALM.id())
                        == 3);

        REALM.admin().logoutAll();

        var sessions = List.of(before, offlineBefore, after);
        var references = sessions.stream()
                .map(session -> Ledger.reference(session.sessionId()))
                .toList();
        var rows = Awaitility.await("rows of the realm")
                .until(
                        () -> REALM.ledger().rows(REALM.id()).stream()
                                .filter(row -> "SESSION_ENDED".equals(row.action()) && "DONE".equals(row.state()))
                                .toList(),
                        ended -> ended.size() >= 3);
        assertThat(rows).extracting(LedgerRow::sessionRef).containsExactlyInAnyOrderElementsOf(references);
        assertThat(rows).extracting(LedgerRow::cause).containsOnly("REALM_SIGN_OUT");
        assertThat(rows).extracting(LedgerRow::actorName).containsOnly(KeycloakServer.ADMIN);
        assertThat(rows).extracting(LedgerRow::details).containsOnly("{\"actorIpAddress\":\"127.0.0.1\"}");
        for (var session : sessions) {
            assertThat(REALM.tokens().introspect(session)).isFalse();
            assertThat(REALM.tokens().refresh(session).status()).isEqualTo(400);
        }
        assertThat(REALM.server()
                        .database()
                        .number("SELECT COUNT(*) FROM OFFLINE_USER_SESSION WHERE REALM_ID = ?", REALM.id()))
                .isZero();
        Awaitility.await("gone through")
                .until(() -> REALM.server()
                                .database()
                                .number("SELECT COUNT(*) FROM CLINIC_SIGN_OUT WHERE REALM_ID = ?", REALM.id())
                        == 0);
    }
}
