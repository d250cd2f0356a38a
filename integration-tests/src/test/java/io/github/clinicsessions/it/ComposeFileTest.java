package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be known about the compose file without an engine. */
class ComposeFileTest {

    private final JsonNode services = read().path("services");

    @Test
    void everyMountedPathExistsOrIsBuilt() {
        var sources = new ArrayList<String>();
        for (var service : services) {
            for (var mount : service.path("volumes")) {
                if (mount.path("type").asText().equals("bind")) {
                    sources.add(mount.path("source").asText());
                }
            }
        }
        var built = Project.jars().stream()
                .map(jar -> "./" + Project.root().relativize(jar))
                .toList();

        assertThat(sources).contains("./realm-export").containsAll(built);
        assertThat(sources)
                .allMatch(source ->
                        built.contains(source) || Files.exists(Project.root().resolve(source)));
    }

    @Test
    void keycloakIsTheOneThatTheBuildIsFor() {
        assertThat(services.at("/keycloak/image").asText())
                .isEqualTo("quay.io/keycloak/keycloak:" + Project.keycloakVersion());
    }

    @Test
    void keycloakRunsWithTheOptionsThatTheTestsRunWith() {
        assertThat(services.at("/keycloak/command"))
                .extracting(JsonNode::asText)
                .containsAll(ServerOptions.STANDARD.run());
    }

    @Test
    void everyServiceHasAHealthCheckAndAPinnedImage() {
        assertThat(services).hasSize(3).allSatisfy(service -> {
            assertThat(service.at("/healthcheck/test")).isNotEmpty();
            assertThat(service.path("image").asText()).contains(":").doesNotEndWith(":latest");
        });
    }

    @Test
    void keycloakWaitsForWhatItNeeds() {
        assertThat(services.at("/keycloak/depends_on"))
                .hasSize(2)
                .allSatisfy(
                        needed -> assertThat(needed.path("condition").asText()).isEqualTo("service_healthy"));
    }

    @Test
    void nothingIsReachableFromOutside() {
        var ports = new ArrayList<String>();
        services.forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));

        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void theDemoRunsWithTheOptionsThatTheTestsRunWith() throws IOException {
        assertThat(Files.readString(Project.root().resolve("bin/demo"))).contains(ServerOptions.STANDARD.run());
    }

    private static JsonNode read() {
        try (var reader = Files.newBufferedReader(Project.root().resolve("docker-compose.yml"))) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return Http.JSON.valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
