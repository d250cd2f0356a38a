package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without persistent user sessions Keycloak's table knows nothing of online ones: its caches are asked. */
class IdleVolatileIT {

    private static final Duration LIMIT = Duration.ofSeconds(8);

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic()
            .on(ServerOptions.named("volatile")
                    .builtWith("--features-disabled=persistent-user-sessions")
                    .runWithout("--spi-user-sessions--infinispan--use-caches")
                    .runWith(IdleTimes.SECONDS_PER_MINUTE))
            .with(json -> json.putObject("attributes").put(IdleTimes.MINUTES, String.valueOf(LIMIT.toSeconds())));

    private final IdleTimes times = new IdleTimes(REALM);

    @Test
    void whoeverIsAwayIsSignedOut() {
        var left = REALM.tokens().signIn("staff");
        var used = new TokenSet[] {REALM.tokens().signIn("nurse")};

        Awaitility.await("the end of a session")
                .atMost(LIMIT.plus(IdleTimes.LATE))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    used[0] = TokenSet.of(REALM.tokens().refresh(used[0]).json());
                    return times.ends("staff", left).stream()
                            .anyMatch(end -> "DONE".equals(end.state()) && "IDLE_TIMEOUT".equals(end.cause()));
                });

        assertThat(REALM.tokens().refresh(left).status()).isEqualTo(400);
        assertThat(REALM.tokens().introspect(used[0])).isTrue();
    }
}
