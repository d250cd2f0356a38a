package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log and the Admin Console's server info say whether the server's options are as recommended. */
class StartUpCheckIT {

    private static final String CACHES = "--spi-user-sessions--infinispan--use-caches";
    private static final String SOCKET = "--spi-connections-http-client--default--socket-timeout-millis";
    private static final String CONNECT = "--spi-connections-http-client--default--establish-connection-timeout-millis";

    @RegisterExtension
    static final TestRealm RECOMMENDED = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm DEFAULTS = TestRealm.clinic()
            .on(ServerOptions.named("defaults")
                    .runWithout(CACHES)
                    .runWithout(SOCKET)
                    .runWithout(CONNECT));

    @Test
    void recommendedOptionsAreShownAsSuchAndLoggedAsInformation() throws IOException {
        assertThat(shown(RECOMMENDED, "use-caches (user sessions)")).isEqualTo("false, as recommended");
        assertThat(shown(RECOMMENDED, "socket-timeout-millis (HTTP client)")).isEqualTo("2000 ms, as recommended");
        assertThat(shown(RECOMMENDED, "establish-connection-timeout-millis (HTTP client)"))
                .isEqualTo("1000 ms, as recommended");
        for (var line : logged(RECOMMENDED)) {
            assertThat(line).contains("INFO", "clinic-sessions: the server's options are as recommended");
        }
    }

    @Test
    void keycloaksDefaultsAreShownAsNotRecommendedAndLoggedWithWhatToSet() throws IOException {
        assertThat(shown(DEFAULTS, "use-caches (user sessions)")).isEqualTo("true; recommended: false");
        assertThat(shown(DEFAULTS, "socket-timeout-millis (HTTP client)")).isEqualTo("5000 ms; recommended: 2000 ms");
        assertThat(shown(DEFAULTS, "establish-connection-timeout-millis (HTTP client)"))
                .isEqualTo("no limit; recommended: 1000 ms");
        for (var line : logged(DEFAULTS)) {
            assertThat(line).contains("WARN", CACHES + "=false", SOCKET + "=2000", CONNECT + "=1000");
        }
    }

    private static String shown(TestRealm realm, String key) {
        var server = realm.server();
        JsonNode info = Http.bearer("GET", server.url() + "/admin/serverinfo", server.adminToken(), null)
                .json()
                .at("/providers/eventsListener/providers/clinic-sessions/operationalInfo");
        return info.path(key).asText();
    }

    /** Exactly one line, or none where the log is in a container. */
    private static List<String> logged(TestRealm realm) throws IOException {
        var log = realm.server().log();
        if (log.isEmpty()) {
            return List.of();
        }
        try (var lines = Files.lines(log.get())) {
            var found = lines.filter(line -> line.contains("StartUpCheck]")).toList();
            assertThat(found).hasSize(1);
            return found;
        }
    }
}
