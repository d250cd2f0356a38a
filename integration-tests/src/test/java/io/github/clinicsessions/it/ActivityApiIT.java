package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** REST {@code me/activity}: what a report moves and what it leaves. */
class ActivityApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @Test
    void looksAndReports() {
        var tokens = REALM.tokens().signIn("staff");

        var looked = get(tokens);
        assertThat(looked.status()).as(looked.body()).isEqualTo(200);
        assertThat(looked.json().path("idleTimeoutSeconds").asInt()).isEqualTo(1800);
        assertThat(looked.json().path("reportSeconds").asInt()).isEqualTo(60);
        assertThat(looked.json().path("idleExpiresInMillis").asLong()).isBetween(1_700_000L, 1_800_000L);

        var reported = post(tokens);
        assertThat(reported.status()).as(reported.body()).isEqualTo(200);
        assertThat(Instant.parse(reported.json().path("idleExpiresAt").asText()))
                .isAfterOrEqualTo(
                        Instant.parse(looked.json().path("idleExpiresAt").asText()));
    }

    private static Answer get(TokenSet tokens) {
        return Http.bearer("GET", REALM.api("me/activity"), tokens.accessToken(), null);
    }

    private static Answer post(TokenSet tokens) {
        return Http.bearer("POST", REALM.api("me/activity"), tokens.accessToken(), null);
    }
}
