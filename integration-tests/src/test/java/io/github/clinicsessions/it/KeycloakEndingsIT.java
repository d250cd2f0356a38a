package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What Keycloak or its administrators end has ended for good, online and offline, and leaves exactly one row with the right
 * cause and actor.
 */
class KeycloakEndingsIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private final List<TokenSet> sessions = new ArrayList<>();
    private String person = "";

    @Test
    void anAdministratorsDeleteOfASession() {
        var online = signedIn("admin-delete");
        var offline = offlineToo();

        REALM.admin().deleteSession(online.sessionId(), false);
        REALM.admin().deleteSession(offline.sessionId(), true);

        assertEnded("ENDED_BY_ADMIN", "ADMIN", KeycloakServer.ADMIN);
        assertThat(ended()).extracting(LedgerRow::details).containsOnly("{\"actorIpAddress\":\"127.0.0.1\"}");
        assertThat(ended()).extracting(LedgerRow::ipAddress).containsOnly("127.0.0.1");
        assertThat(ended()).extracting(LedgerRow::device).doesNotContainNull();
    }

    @Test
    void anAdministratorsLogoutOfAPerson() {
        signedIn("admin-logout");
        signedIn("admin-logout");
        offlineToo();

        REALM.user(person).logout();

        assertEnded("ENDED_BY_ADMIN", "ADMIN", KeycloakServer.ADMIN);
    }

    @Test
    void thePersonsOwnAccountRest() {
        var mine = signedIn("account-rest");
        signedIn("account-rest");
        offlineToo();

        assertThat(REALM.tokens()
                        .account("DELETE", "sessions?current=true", mine)
                        .status())
                .isEqualTo(204);

        assertEnded("SIGNED_OUT", "SELF", person);
    }

    @Test
    void aDisabledPersonsSessionsDoNotComeBackWhenEnabled() {
        signedIn("disabled");
        offlineToo();
        var user = REALM.user(person).toRepresentation();

        user.setEnabled(false);
        REALM.user(person).update(user);
        user.setEnabled(true);
        REALM.user(person).update(user);

        assertEnded("USER_DISABLED", "ADMIN", KeycloakServer.ADMIN);
    }

    @Test
    void aPersonWhoIsLockedOutForGood() {
        REALM.update(realm -> {
            realm.setBruteForceProtected(true);
            realm.setPermanentLockout(true);
            realm.setFailureFactor(2);
        });
        signedIn("locked-out");
        offlineToo();

        for (var i = 0; i < 3; i++) {
            REALM.tokens().grant(person, "wrong", "openid", Map.of());
        }

        Awaitility.await().until(() -> !REALM.user(person).toRepresentation().isEnabled());
        assertEnded("USER_DISABLED", "SYSTEM", null);
    }

    @Test
    void aDeletedPerson() {
        signedIn("deleted");
        offlineToo();
        var userId = REALM.userId(person);

        REALM.user(person).remove();

        var rows = awaitEnded(userId);
        assertThat(rows).hasSize(sessions.size());
        assertThat(rows).extracting(LedgerRow::cause).containsOnly("USER_DELETED");
        assertThat(rows).extracting(LedgerRow::username).containsOnly(person);
        assertThat(rows).extracting(LedgerRow::actorName).containsOnly(KeycloakServer.ADMIN);
        assertThat(rows).extracting(LedgerRow::clinicIds).containsOnly(REALM.id());
        assertDead();
    }

    @Test
    void aRevokedTokenEndsTheSessionIfNobodyElseUsesIt() {
        var online = signedIn("revoked");
        var offline = offlineToo();

        assertThat(REALM.tokens().revoke(online).status()).isEqualTo(200);
        assertThat(REALM.tokens().revoke(offline).status()).isEqualTo(200);

        assertEnded("TOKEN_REVOKED", "SELF", person);
    }

    @Test
    void aRevokedConsentEndsOfflineAccess() {
        person("consent");
        offlineToo();

        REALM.user(person).revokeConsent(Tokens.APP);

        assertEnded("TOKEN_REVOKED", "ADMIN", KeycloakServer.ADMIN);
    }

    @Test
    void whatIsRemovedWithoutAWordIsFound() {
        signedIn("vanished");
        database().update("DELETE FROM OFFLINE_USER_SESSION WHERE USER_ID = ?", REALM.userId(person));
        database().update("UPDATE CLINIC_LIVING_SESSION SET REGISTERED_AT = 0 WHERE USER_ID = ?", REALM.userId(person));

        assertEnded("UNKNOWN", "SYSTEM", null);
    }

    @Test
    void whatACrashLeftUnfinishedIsFinished() {
        var session = signedIn("crashed");
        awaitRegistered();
        var start = System.currentTimeMillis() / 1000 - 60;
        database()
                .update(
                        "UPDATE OFFLINE_USER_SESSION SET CREATED_ON = ? WHERE USER_SESSION_ID = ?",
                        start,
                        session.sessionId());
        database()
                .update(
                        "UPDATE CLINIC_LIVING_SESSION SET STARTED_AT = ? WHERE SESSION_ID = ?",
                        start * 1000,
                        session.sessionId());
        var userId = REALM.userId(person);
        var row = "00000000-0000-4000-8000-000000000001";
        database()
                .update(
                        "INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, OCCURRED_AT, ACTION, CAUSE, USER_ID, SESSION_REF,"
                                + " ACTOR_TYPE, STATE) VALUES (?, ?, ?, 'SESSION_ENDED', 'ENDED_BY_USER', ?, ?, 'SELF', 'PENDING')",
                        row,
                        REALM.id(),
                        System.currentTimeMillis(),
                        userId,
                        Ledger.reference(session.sessionId()));
        database()
                .update(
                        "INSERT INTO CLINIC_ENDED_SESSION (REALM_ID, SESSION_ID, STARTED_AT, USER_ID, LEDGER_ROW_ID,"
                                + " TERMINATION_ID, INTENDED_AT, KEPT_UNTIL) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        REALM.id(),
                        session.sessionId(),
                        start * 1000,
                        userId,
                        row,
                        row,
                        System.currentTimeMillis() - 30_000,
                        Long.MAX_VALUE);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !REALM.tokens().introspect(session));
        assertThat(awaitEnded(userId)).singleElement().satisfies(ended -> {
            assertThat(ended.id()).isEqualTo(row);
            assertThat(ended.state()).isEqualTo("DONE");
        });
    }

    /** A directory or a workflow disables without an event; here the database does. */
    @Test
    void aPersonWhoIsDisabledWithoutAWordIsFound() {
        signedIn("silently-disabled");
        offlineToo();
        database().update("UPDATE USER_ENTITY SET ENABLED = FALSE WHERE ID = ?", REALM.userId(person));
        REALM.admin().clearUserCache();

        assertEnded("USER_DISABLED", "SYSTEM", null);
    }

    @Test
    void aSignOutOfAPersonThatACrashLeftIsFinished() {
        var kept = signedIn("crashed-change");
        signedIn("crashed-change");
        offlineToo();
        database()
                .update(
                        "INSERT INTO CLINIC_SIGN_OUT (ID, REALM_ID, USER_ID, KEPT_SESSION_ID, CAUSE, SIGNED_OUT_AT, CLAIMED_AT,"
                                + " ACTOR_TYPE, ACTOR_ID, ACTOR_NAME, IP_ADDRESS)"
                                + " VALUES (?, ?, ?, ?, 'PASSWORD_CHANGED', ?, 0, 'ADMIN', 'a', 'somebody', '192.0.2.7')",
                        "00000000-0000-4000-8000-000000000002",
                        REALM.id(),
                        REALM.userId(person),
                        kept.sessionId(),
                        System.currentTimeMillis());
        sessions.remove(kept);

        assertEnded("PASSWORD_CHANGED", "ADMIN", "somebody");
        assertThat(ended()).extracting(LedgerRow::details).containsOnly("{\"actorIpAddress\":\"192.0.2.7\"}");
        assertThat(REALM.tokens().introspect(kept)).isTrue();
        assertThat(database().number("SELECT COUNT(*) FROM CLINIC_SIGN_OUT WHERE REALM_ID = ?", REALM.id()))
                .isZero();
    }

    @Test
    void manyWhoEndTheSameSessionAtTheSameTimeLeaveOneRow() throws Exception {
        var mine = signedIn("concurrent");
        var victim = signedIn("concurrent");
        Callable<Integer> end =
                () -> Http.bearer("DELETE", REALM.api("me/sessions/" + victim.sessionId()), mine.accessToken(), null)
                        .status();
        Callable<Integer> stocks = () -> REALM.tokens()
                .account("DELETE", "sessions/" + victim.sessionId(), mine)
                .status();
        var calls = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < 8; i++) {
            calls.add(end);
        }
        calls.add(stocks);
        var pool = Executors.newFixedThreadPool(calls.size());
        try {
            for (var answer : pool.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(204);
            }
        } finally {
            pool.shutdown();
        }

        Awaitility.await()
                .pollDelay(Duration.ofSeconds(1))
                .until(() -> ended().stream().allMatch(row -> "DONE".equals(row.state())));
        assertThat(ended()).hasSize(1);
        sessions.remove(mine);
        assertDead();
    }

    @Test
    void expiredSessionsLeaveTheirCause() {
        signedIn("expired");
        var idle = sessions.get(0);
        var max = signedIn("expired");
        awaitRegistered();
        var now = System.currentTimeMillis() / 1000;
        // As if the time had passed: the realm's limits are 30 minutes and 10 hours, and Keycloak waits three minutes
        // more.
        database()
                .update(
                        "UPDATE OFFLINE_USER_SESSION SET LAST_SESSION_REFRESH = ? WHERE USER_SESSION_ID = ?",
                        now - 3 * 3600,
                        idle.sessionId());
        var lifespan = REALM.admin().toRepresentation().getSsoSessionMaxLifespan();
        database()
                .update(
                        "UPDATE OFFLINE_USER_SESSION SET CREATED_ON = ? WHERE USER_SESSION_ID = ?",
                        now - lifespan - 240,
                        max.sessionId());
        database()
                .update(
                        "UPDATE CLINIC_LIVING_SESSION SET STARTED_AT = ? WHERE SESSION_ID = ?",
                        (now - lifespan - 240) * 1000,
                        max.sessionId());

        Awaitility.await("Keycloak's cleaner, each minute")
                .atMost(Duration.ofSeconds(90))
                .until(() ->
                        ended().stream().filter(KeycloakEndingsIT::isDoneEnd).count() == 2);
        assertThat(ended())
                .extracting(LedgerRow::sessionRef, LedgerRow::cause, LedgerRow::actorType, LedgerRow::state)
                .containsExactlyInAnyOrder(
                        tuple(Ledger.reference(idle.sessionId()), "IDLE_TIMEOUT", "SYSTEM", "DONE"),
                        tuple(Ledger.reference(max.sessionId()), "MAX_LIFESPAN", "SYSTEM", "DONE"));
    }

    private void person(String username) {
        if (person.isEmpty()) {
            person = username;
            REALM.addUser(username, "K", "Eycloak");
        }
    }

    private TokenSet signedIn(String username) {
        person(username);
        return added(REALM.tokens().signIn(username, Device.CHROME_ON_MAC.userAgent()));
    }

    private TokenSet offlineToo() {
        return added(REALM.tokens()
                .signIn(person, "openid offline_access", Map.of("User-Agent", Device.CHROME_ON_MAC.userAgent())));
    }

    private TokenSet added(TokenSet tokens) {
        sessions.add(tokens);
        awaitRegistered();
        return tokens;
    }

    /** A start is written a moment after the sign-in. */
    private void awaitRegistered() {
        var userId = REALM.userId(person);
        Awaitility.await("registered")
                .until(() -> database().number("SELECT COUNT(*) FROM CLINIC_LIVING_SESSION WHERE USER_ID = ?", userId)
                        >= sessions.size());
    }

    private void assertEnded(String cause, String actorType, @Nullable String actorName) {
        var rows = awaitEnded(REALM.userId(person));
        assertThat(rows)
                .extracting(LedgerRow::sessionRef)
                .containsExactlyInAnyOrderElementsOf(sessions.stream()
                        .map(session -> Ledger.reference(session.sessionId()))
                        .toList());
        assertThat(rows).extracting(LedgerRow::cause).containsOnly(cause);
        assertThat(rows).extracting(LedgerRow::actorType).containsOnly(actorType);
        assertThat(rows).extracting(LedgerRow::actorName).containsOnly(actorName);
        assertThat(rows).extracting(LedgerRow::username).containsOnly(person);
        assertDead();
    }

    private List<LedgerRow> awaitEnded(String userId) {
        return REALM
                .ledger()
                .await(
                        REALM.id(),
                        userId,
                        rows -> rows.stream()
                                        .filter(KeycloakEndingsIT::isDoneEnd)
                                        .count()
                                >= sessions.size())
                .stream()
                .filter(row -> "SESSION_ENDED".equals(row.action()))
                .toList();
    }

    private List<LedgerRow> ended() {
        return REALM.ledgerOf(person).stream()
                .filter(row -> "SESSION_ENDED".equals(row.action()))
                .toList();
    }

    private static boolean isDoneEnd(LedgerRow row) {
        return "SESSION_ENDED".equals(row.action()) && "DONE".equals(row.state());
    }

    /** Nothing of the sessions works or is registered any more. */
    private void assertDead() {
        for (var session : sessions) {
            assertThat(REALM.tokens().introspect(session)).isFalse();
            assertThat(REALM.tokens().refresh(session).status()).isEqualTo(400);
            assertThat(database()
                            .number(
                                    "SELECT COUNT(*) FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ?",
                                    session.sessionId()))
                    .isZero();
            assertThat(database()
                            .number(
                                    "SELECT COUNT(*) FROM CLINIC_LIVING_SESSION WHERE SESSION_ID = ?",
                                    session.sessionId()))
                    .isZero();
            assertThat(database()
                            .number(
                                    "SELECT COUNT(*) FROM CLINIC_ENDED_SESSION WHERE SESSION_ID = ? AND SEQ IS NOT NULL",
                                    session.sessionId()))
                    .isEqualTo(1);
        }
    }

    private static Database database() {
        return REALM.server().database();
    }
}
