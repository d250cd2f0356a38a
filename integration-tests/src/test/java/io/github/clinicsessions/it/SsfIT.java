package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.CredentialRepresentation;

/**
 * With Keycloak's feature {@code ssf} each session that we end reaches receivers as CAEP session-revoked, once, by push and by
 * poll; without it there is nothing.
 */
class SsfIT {

    private static final ServerOptions SSF = ServerOptions.withFeatures("ssf")
            .runWith(
                    "--spi-ssf-transmitter--default--outbox-drainer-interval=1s",
                    "--spi-ssf-transmitter--default--allow-insecure-push-targets=true");

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(SsfIT::transmits).on(SSF);

    @RegisterExtension
    static final TestRealm SWITCHED_OFF =
            TestRealm.stock().with(SsfIT::transmits).on(SSF);

    @RegisterExtension
    static final TestRealm WITHOUT_THE_FEATURE = TestRealm.clinic().with(SsfIT::transmits);

    private static SsfReceiver push;
    private static SsfReceiver poll;

    @BeforeAll
    static void receiversSubscribe() throws IOException {
        assumeTrue(REALM.server().log().isPresent(), "a container does not reach this machine's loopback address");
        push = SsfReceiver.pushed(REALM);
        poll = SsfReceiver.polling(REALM);
    }

    @AfterAll
    static void receiversStop() {
        for (var receiver : new SsfReceiver[] {push, poll}) {
            if (receiver != null) {
                receiver.close();
            }
        }
    }

    @Test
    void aSessionEndedByThePersonReachesBothReceiversOnce() {
        var mine = REALM.tokens().signIn("staff");
        var other = REALM.tokens().signIn("staff");

        assertThat(delete(REALM, mine, other)).isEqualTo(204);
        assertThat(delete(REALM, mine, other)).as("again").isEqualTo(204);

        for (var receiver : List.of(push, poll)) {
            var set = revokedAfterAll(receiver, "staff").get(0);
            assertThat(sessionOf(set)).isEqualTo(other.sessionId());
            assertThat(set.path("iss").asText()).isEqualTo(REALM.url());
            assertThat(set.at("/sub_id/user/format").asText()).isEqualTo("iss_sub");
            var event = set.path("events").path(SsfReceiver.SESSION_REVOKED);
            assertThat(event.path("initiating_entity").asText()).isEqualTo("user");
            assertThat(event.at("/reason_admin/en").asText()).isEqualTo("ENDED_BY_USER");
            assertThat(event.path("event_timestamp").asLong()).isPositive();
            assertThat(sessionsOf(revokedAfterAll(receiver, "staff"))).containsExactly(other.sessionId());
        }
    }

    @Test
    void allOtherSessionsReachBothReceiversOnceEach() {
        var mine = REALM.tokens().signIn("nurse");
        var first = REALM.tokens().signIn("nurse");
        var second = REALM.tokens().signInOffline("nurse");

        assertThat(Http.bearer("POST", REALM.api("me/sessions/end"), mine.accessToken(), "{\"scope\":\"others\"}")
                        .json()
                        .path("ended")
                        .asInt())
                .isEqualTo(2);

        for (var receiver : List.of(push, poll)) {
            assertThat(sessionsOf(revokedAfterAll(receiver, "nurse")))
                    .containsExactlyInAnyOrder(first.sessionId(), second.sessionId());
        }
    }

    /** Not by the person: ended by our rule, after the request's transaction. */
    @Test
    void sessionsThatANewPasswordEndsReachBothReceiversAsAMatterOfPolicy() {
        var online = REALM.tokens().signIn("private");
        var offline = REALM.tokens().signInOffline("private");
        var password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("another password");

        REALM.user("private").resetPassword(password);

        for (var receiver : List.of(push, poll)) {
            var sets = revokedAfterAll(receiver, "private");
            assertThat(sessionsOf(sets)).containsExactlyInAnyOrder(online.sessionId(), offline.sessionId());
            assertThat(sets)
                    .extracting(set -> set.path("events").path(SsfReceiver.SESSION_REVOKED))
                    .allSatisfy(event -> {
                        assertThat(event.path("initiating_entity").asText()).isEqualTo("policy");
                        assertThat(event.at("/reason_admin/en").asText()).isEqualTo("PASSWORD_CHANGED");
                    });
        }
    }

    @Test
    void aRealmThatIsNotSwitchedOnIsKeycloaksOwn() throws IOException {
        try (var receiver = SsfReceiver.pushed(SWITCHED_OFF)) {
            var tokens = SWITCHED_OFF.tokens().signIn("staff");
            assertThat(delete(SWITCHED_OFF, tokens, tokens)).isEqualTo(404);
            assertThat(receiver.sessionRevoked()).isEmpty();
            assertThat(SWITCHED_OFF.tokens().refresh(tokens).status()).isEqualTo(200);
        }
    }

    @Test
    void theTransmitterIsOursAndTheOnlyOne() throws IOException {
        var providers = transmitters(REALM);
        assertThat(providers.size()).isEqualTo(1);
        assertThat(providers.at("/default/order").asInt()).isPositive();
        try (var lines = Files.lines(REALM.server().log().orElseThrow())) {
            assertThat(lines.filter(line -> line.contains("SSF push outbox drainer scheduled")))
                    .singleElement()
                    .asString()
                    .contains("interval=1000ms");
        }
    }

    @Test
    void withoutTheFeatureThereIsNoneAndSessionsEndAllTheSame() {
        assertThat(transmitters(WITHOUT_THE_FEATURE)).isEmpty();
        var mine = WITHOUT_THE_FEATURE.tokens().signIn("staff");
        var other = WITHOUT_THE_FEATURE.tokens().signIn("staff");

        assertThat(delete(WITHOUT_THE_FEATURE, mine, other)).isEqualTo(204);

        assertThat(WITHOUT_THE_FEATURE.tokens().introspect(other)).isFalse();
        assertThat(Http.get(WITHOUT_THE_FEATURE.url() + "/.well-known/ssf-configuration")
                        .status())
                .isEqualTo(404);
    }

    /** The person's SETs, once a later one of another person has come: what would come twice would have come by then. */
    private static List<JsonNode> revokedAfterAll(SsfReceiver receiver, String username) {
        var witness = REALM.tokens().signIn("doctor");
        assertThat(delete(REALM, witness, witness)).isEqualTo(204);
        Awaitility.await(receiver.clientId() + " is told of " + username + "'s sessions")
                .atMost(Duration.ofSeconds(20))
                .until(() -> sessionsOf(receiver.sessionRevoked()).contains(witness.sessionId()));
        var user = REALM.userId(username);
        return receiver.sessionRevoked().stream()
                .filter(set -> set.at("/sub_id/user/sub").asText().equals(user))
                .toList();
    }

    private static int delete(TestRealm realm, TokenSet by, TokenSet session) {
        return Http.bearer("DELETE", realm.api("me/sessions/" + session.sessionId()), by.accessToken(), null)
                .status();
    }

    private static List<String> sessionsOf(List<JsonNode> sets) {
        return sets.stream().map(SsfIT::sessionOf).toList();
    }

    private static String sessionOf(JsonNode set) {
        return set.at("/sub_id/session/id").asText();
    }

    private static JsonNode transmitters(TestRealm realm) {
        var server = realm.server();
        return Http.bearer("GET", server.url() + "/admin/serverinfo", server.adminToken(), null)
                .json()
                .at("/providers/ssf-transmitter/providers");
    }

    private static void transmits(ObjectNode json) {
        json.withObject("/attributes").put("ssf.transmitterEnabled", "true");
    }
}
