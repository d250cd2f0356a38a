package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What tests of idle time-outs have in common, on servers on which a minute of our settings is a second. */
final class IdleTimes {

    static final String SECONDS_PER_MINUTE = "--spi-clinic-timeout--default--seconds-per-minute=1";
    static final String SWEEP_INTERVAL = "--spi-events-listener--clinic-sessions-idle--sweep-interval=";
    static final String MINUTES = "clinicSessions.idleTimeoutMinutes";

    /** How late a session may end that is due. */
    static final Duration LATE = Duration.ofSeconds(15);

    private final TestRealm realm;

    IdleTimes(TestRealm realm) {
        this.realm = realm;
    }

    /** In "minutes"; null takes it away. */
    void set(@Nullable Integer minutes) {
        setAttribute(MINUTES, minutes == null ? null : minutes.toString());
    }

    void setAttribute(String name, @Nullable String value) {
        realm.update(representation -> {
            if (value == null) {
                representation.getAttributes().remove(name);
            } else {
                representation.getAttributes().put(name, value);
            }
        });
    }

    /** A human is there, says the client of the token: its refreshes tell nothing from now on. */
    void beat(TokenSet tokens) {
        var answer = Http.bearer("POST", realm.api("me/activity"), tokens.accessToken(), "{}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** The rows of the ledger that say that the session has ended. */
    List<LedgerRow> ends(String username, TokenSet tokens) {
        return endsOf(realm.userId(username), tokens);
    }

    /** The same where the server itself cannot be asked. */
    List<LedgerRow> endsOf(String userId, TokenSet tokens) {
        var reference = Ledger.reference(tokens.sessionId());
        return realm.ledger().rows(realm.id(), userId).stream()
                .filter(row -> row.action().equals("SESSION_ENDED") && reference.equals(row.sessionRef()))
                .toList();
    }

    /** Looks at nothing but the ledger, so that it is the sweep that ends the session. */
    LedgerRow awaitEnd(String username, TokenSet tokens, Duration within) {
        return awaitEndOf(realm.userId(username), tokens, within);
    }

    LedgerRow awaitEndOf(String userId, TokenSet tokens, Duration within) {
        return Awaitility.await("the end of a session")
                .atMost(within)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> endsOf(userId, tokens),
                        rows -> !rows.isEmpty() && "DONE".equals(rows.get(0).state()))
                .get(0);
    }

    /** Until the registry has the session, and somebody has looked at it. */
    void awaitLook(TokenSet tokens) {
        Awaitility.await("a look at a new session")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> dueAt(tokens) > System.currentTimeMillis());
    }

    /** Milliseconds since the epoch; 0 where it is not registered. */
    long dueAt(TokenSet tokens) {
        return realm.server()
                .database()
                .number(
                        "SELECT COALESCE(MAX(IDLE_DUE_AT), 0) FROM CLINIC_LIVING_SESSION WHERE REALM_ID = ? AND SESSION_ID = ?",
                        realm.id(),
                        tokens.sessionId());
    }

    /** Nobody does anything for so long. */
    static void nobodyIsThereFor(Duration duration) {
        var until = System.nanoTime() + duration.toNanos();
        Awaitility.await()
                .atMost(duration.plusSeconds(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> System.nanoTime() - until > 0);
    }
}
