package io.github.clinicsessions.it;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The same server as containers, where an engine answers. The image is Keycloak's own, of the version of the build. */
final class ContainerLaunch implements Launch {

    private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18-alpine");
    private static final int POSTGRES_PORT = 5432;

    private final Network network;
    private final GenericContainer<?> postgres;
    private final KeycloakContainer keycloak;

    private ContainerLaunch(Network network, GenericContainer<?> postgres, KeycloakContainer keycloak) {
        this.network = network;
        this.postgres = postgres;
        this.keycloak = keycloak;
    }

    static ContainerLaunch start(ServerOptions options) {
        var network = Network.newNetwork();
        var postgres = new GenericContainer<>(POSTGRES)
                .withNetwork(network)
                .withNetworkAliases("postgres")
                .withEnv("POSTGRES_PASSWORD", "postgres")
                .withExposedPorts(POSTGRES_PORT)
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2));
        var keycloak = new KeycloakContainer("quay.io/keycloak/keycloak:" + Project.keycloakVersion())
                .withNetwork(network)
                .withStartupTimeout(Duration.ofMinutes(5))
                .withAdminUsername(KeycloakServer.ADMIN)
                .withAdminPassword(KeycloakServer.ADMIN)
                .withProviderLibsFrom(Project.jars().stream().map(Path::toFile).toList())
                .withEnv("KC_PROXY_HEADERS", "xforwarded")
                .withEnv("KC_DB", "postgres")
                .withEnv("KC_DB_URL", "jdbc:postgresql://postgres:" + POSTGRES_PORT + "/postgres")
                .withEnv("KC_DB_USERNAME", "postgres")
                .withEnv("KC_DB_PASSWORD", "postgres")
                .withCustomCommand(Stream.of(options.build(), options.run(), Launch.TEST_OPTIONS)
                        .flatMap(List::stream)
                        .collect(Collectors.joining(" ")));
        var launch = new ContainerLaunch(network, postgres, keycloak);
        try {
            postgres.start();
            keycloak.start();
            return launch;
        } catch (RuntimeException e) {
            launch.close();
            throw e;
        }
    }

    @Override
    public String url() {
        var url = keycloak.getAuthServerUrl();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public Database database() {
        var address = postgres.getHost() + ":" + postgres.getMappedPort(POSTGRES_PORT);
        return new Database("jdbc:postgresql://" + address + "/postgres", "postgres", "postgres");
    }

    @Override
    public @Nullable Path log() {
        return null;
    }

    @Override
    public void close() {
        keycloak.stop();
        postgres.stop();
        network.close();
    }
}
