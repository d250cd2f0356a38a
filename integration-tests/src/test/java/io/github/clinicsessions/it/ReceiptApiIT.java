package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REST {@code me/receipts}: what has come of an end, for the person whose sessions they were. */
class ReceiptApiIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @Test
    void saysWhenItEndedAndUntilWhenTokensMayBeAccepted() {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        var lifespan = Duration.ofSeconds(REALM.admin().toRepresentation().getAccessTokenLifespan());
        var before = Instant.now();

        var answer = end(mine, other.sessionId());
        var receipt = read(mine, answer).json();

        var ended = Instant.parse(receipt.path("endedAt").asText());
        assertThat(ended).isBetween(before.minusMillis(1), Instant.now());
        assertThat(receipt.path("id").asText()).isEqualTo(id(answer));
        assertThat(receipt.path("sessions").asInt()).isEqualTo(1);
        assertThat(receipt.path("applications")).singleElement().satisfies(application -> {
            assertThat(application.path("clientId").asText()).isEqualTo(Tokens.APP);
            assertThat(application.path("name").asText()).isEqualTo("Clinic app");
            assertThat(application.path("state").asText()).isEqualTo("notTold");
            assertThat(application.path("answeredAt").isNull()).isTrue();
            assertThat(Instant.parse(application.path("refusesBy").asText()))
                    .isBetween(ended.plus(lifespan), ended.plus(lifespan).plusSeconds(3))
                    .isAfter(Instant.ofEpochSecond(other.claims().path("exp").asLong()));
            assertThat(application.path("refusesBy")).isEqualTo(receipt.path("refusedByAllAt"));
        });
    }

    @Test
    void isForThePersonAlone() {
        var mine = REALM.tokens().signIn("staff");
        var answer = end(mine, REALM.tokens().signIn("staff").sessionId());
        assertThat(read(mine, answer).status()).isEqualTo(200);

        var nurses = read(REALM.tokens().signIn("nurse"), answer);

        assertThat(nurses.status()).isEqualTo(404);
        assertThat(nurses.body())
                .isEqualTo(get(mine, "00000000-0000-0000-0000-000000000000").body());
        assertThat(Http.get(REALM.api("me/receipts/" + id(answer))).status()).isEqualTo(401);
    }

    @Test
    void thereIsNoneForWhatHadEndedBefore() {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");
        assertThat(end(mine, other.sessionId()).header("Link")).endsWith("; rel=\"receipt\"");

        var again = end(mine, other.sessionId());

        assertThat(again.status()).isEqualTo(204);
        assertThat(again.header("Link")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "00000000-0000-0000-0000-00000000000G", "%00", "00000000-0000-0000-0000-0000000000001"})
    void anImpossibleIdIsRefusedByName(String id) {
        var answer = get(REALM.tokens().signIn("staff"), id);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("id");
    }

    @Test
    void oneCallHasOneReceiptForAllThatItEnded() {
        var mine = REALM.tokens().signIn("doctor");
        REALM.tokens().signIn("doctor");
        REALM.tokens().signInOffline("doctor");

        var answer = Http.bearer("POST", REALM.api("me/sessions/end"), mine.accessToken(), "{\"scope\":\"others\"}");

        var receipt = answer.json().path("receipt");
        assertThat(receipt.path("sessions").asInt()).isEqualTo(2);
        assertThat(receipt.path("applications")).hasSize(1);
        assertThat(get(mine, receipt.path("id").asText()).json()).isEqualTo(receipt);
    }

    private static Answer end(TokenSet tokens, String id) {
        return Http.bearer("DELETE", REALM.api("me/sessions/" + id), tokens.accessToken(), null);
    }

    private static String id(Answer answer) {
        var link = answer.header("Link");
        assertThat(link).startsWith("<" + REALM.api("me/receipts/")).endsWith(">; rel=\"receipt\"");
        return link.substring(link.lastIndexOf('/') + 1, link.indexOf('>'));
    }

    private static Answer read(TokenSet tokens, Answer answer) {
        return get(tokens, id(answer));
    }

    private static Answer get(TokenSet tokens, String id) {
        return Http.bearer("GET", REALM.api("me/receipts/" + id), tokens.accessToken(), null);
    }
}
