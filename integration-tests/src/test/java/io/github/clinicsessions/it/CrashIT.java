package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a crash and a stop leave behind, once the server is there again. */
class CrashIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().on(ServerOptions.named("crash"));

    private KeycloakProcess keycloak;

    @BeforeEach
    void itCanBeKilled() {
        var process = REALM.server().process();
        assumeTrue(process.isPresent(), "a container is not killed");
        keycloak = process.get();
    }

    /** As in stock Keycloak, which keeps its sessions in the database. */
    @Test
    void sessionsOutliveACrash() {
        var tokens = REALM.tokens().signIn("staff");

        keycloak.kill();
        keycloak.restart();

        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
    }

    @Test
    void aSessionThatWasEndedBeforeACrashStaysEnded() {
        var mine = REALM.tokens().signIn("nurse");
        var other = REALM.tokens().signIn("nurse");
        var ended = Http.bearer("DELETE", REALM.api("me/sessions/" + other.sessionId()), mine.accessToken(), null);
        assertThat(ended.status()).isEqualTo(204);

        keycloak.kill();
        keycloak.restart();

        assertThat(REALM.tokens().refresh(other).status()).isEqualTo(400);
        assertThat(REALM.tokens().refresh(mine).status()).isEqualTo(200);
    }

    @Test
    void sessionsOutliveAStop() {
        var tokens = REALM.tokens().signIn("doctor");

        keycloak.stop();
        keycloak.restart();

        assertThat(REALM.tokens().refresh(tokens).status()).isEqualTo(200);
        assertThat(REALM.sessionCount("doctor")).isEqualTo(1);
    }
}
