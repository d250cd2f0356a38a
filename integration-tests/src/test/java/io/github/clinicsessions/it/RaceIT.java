package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ending a session wins against whoever uses it at the same time, on a Keycloak with its default session caches, where stock
 * sessions survive their end. The number of rounds is {@code -Dkc.it.rounds} (10 by default, 50 for the record).
 */
class RaceIT {

    private static final int ROUNDS = Integer.getInteger("kc.it.rounds", 10);
    private static final int PARALLEL = 20;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic()
            .on(ServerOptions.named("cached").runWithout("--spi-user-sessions--infinispan--use-caches"));

    private static final ExecutorService POOL = Executors.newFixedThreadPool(PARALLEL);

    @AfterAll
    static void stop() {
        POOL.shutdownNow();
    }

    @Test
    void oneEndWinsAgainstIntrospection() throws Exception {
        assertThat(survivors("intro", 1, victim -> REALM.tokens().introspect(victim), RaceIT::endByUs))
                .isZero();
    }

    @Test
    void oneEndWinsAgainstParallelRefreshes() throws Exception {
        assertThat(survivors("refresh", PARALLEL, victim -> REALM.tokens().refresh(victim), RaceIT::endByUs))
                .isZero();
    }

    /** For comparison, and to show that the race is there: not a failure of ours, so that it only reports. */
    @Test
    void stockLosesAgainstIntrospection() throws Exception {
        var lost = survivors(
                "stock",
                1,
                victim -> REALM.tokens().introspect(victim),
                (mine, victim) -> REALM.server().admin().realm(REALM.name()).deleteSession(victim.sessionId(), false));
        System.out.printf("stock, one introspection loop: %d of %d ended sessions lived on%n", lost, ROUNDS);
        assumeThat(lost).as("the race showed on this machine").isPositive();
    }

    private interface Use {
        void of(TokenSet victim);
    }

    private interface End {
        void of(TokenSet mine, TokenSet victim);
    }

    private static void endByUs(TokenSet mine, TokenSet victim) {
        var answer = Http.bearer("DELETE", REALM.api("me/sessions/" + victim.sessionId()), mine.accessToken(), null);
        assertThat(answer.status()).isEqualTo(204);
    }

    private static int survivors(String username, int parallel, Use use, End end) throws Exception {
        REALM.addUser(username, "R", "Ace");
        var lived = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var mine = REALM.tokens().signIn(username);
            var victim = REALM.tokens().signIn(username);
            var stop = new AtomicBoolean();
            List<Future<?>> users = new ArrayList<>();
            for (var i = 0; i < parallel; i++) {
                users.add(POOL.submit(() -> {
                    while (!stop.get()) {
                        use.of(victim);
                    }
                }));
            }
            REALM.tokens().introspect(victim);
            end.of(mine, victim);
            if (REALM.tokens().introspect(victim)
                    || REALM.tokens().refresh(victim).status() == 200) {
                lived++;
            }
            stop.set(true);
            for (var user : users) {
                user.get(60, TimeUnit.SECONDS);
            }
            // What was under way is through: nothing may have come back.
            if (REALM.tokens().refresh(victim).status() == 200) {
                lived++;
            }
        }
        return lived;
    }
}
