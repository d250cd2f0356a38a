package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session of five clients that cannot be told ends as quickly as any other. */
class BadClientsIT {

    private static final int CLIENTS = 5;

    /** Told one after the other, with the time-outs of this server, five would take 5 s (no connection) or 10 s (no answer). */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(BadClientsIT::addClients);

    private final List<BadClient> clients = new ArrayList<>();

    private static void addClients(ObjectNode realm) {
        for (var i = 0; i < CLIENTS; i++) {
            var client = ((ArrayNode) realm.path("clients")).addObject();
            client.put("clientId", clientId(i)).put("publicClient", true);
            client.putArray("redirectUris").add("http://localhost/*");
        }
    }

    private static String clientId(int number) {
        return "bad-" + number;
    }

    @BeforeEach
    void theirListenersAreHere() {
        assumeTrue(REALM.server().log().isPresent(), "a container does not reach this machine's loopback address");
    }

    @AfterEach
    void stop() {
        clients.forEach(BadClient::close);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWaitsForThem(BadClient.Kind kind) throws IOException {
        var username = kind.name().toLowerCase(Locale.ROOT);
        REALM.addUser(username, "B", "Ad");
        for (var i = 0; i < CLIENTS; i++) {
            clients.add(kind.begin());
            logoutUrl(clientId(i), clients.get(i).logoutUrl());
        }
        var mine = REALM.tokens().signIn(username);
        var victim = RaceVictim.signIn(REALM, username, false);
        for (var i = 0; i < CLIENTS; i++) {
            victim.signOnTo(clientId(i));
        }
        assertThat(clientsOf(username, victim)).isEqualTo(CLIENTS + 1);

        var began = System.nanoTime();
        var answer = Http.bearer("DELETE", REALM.api("me/sessions/" + victim.sessionId()), mine.accessToken(), null);
        var took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(victim.signs()).as("signs of life with the answer").isEmpty();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(took).isLessThan(LIMIT);
        if (kind != BadClient.Kind.ACCEPTS_NOTHING) {
            // On a busy machine the first is asked again before the last is asked.
            Awaitility.await("each of them to be asked")
                    .until(() -> clients.stream().allMatch(client -> client.asked() >= 1));
        }
    }

    private static void logoutUrl(String clientId, String url) {
        var client = REALM.admin().clients().findByClientId(clientId).get(0);
        client.getAttributes()
                .putAll(Map.of("backchannel.logout.url", url, "backchannel.logout.session.required", "true"));
        REALM.admin().clients().get(client.getId()).update(client);
    }

    private static int clientsOf(String username, RaceVictim victim) {
        return REALM.user(username).getUserSessions().stream()
                .filter(session -> session.getId().equals(victim.sessionId()))
                .mapToInt(session -> session.getClients().size())
                .sum();
    }
}
