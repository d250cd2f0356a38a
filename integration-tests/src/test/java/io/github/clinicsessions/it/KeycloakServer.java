package io.github.clinicsessions.it;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.testcontainers.DockerClientFactory;

/**
 * The Keycloak of a JVM that runs tests: started when the first test asks for it, ended after the last. A test class may
 * have another one for itself, see {@link ServerOptions}. Which kind they are says {@code -Dkc.it.mode}: {@code dist}, {@code container}, or {@code auto} (a container where a Docker engine answers).
 */
public final class KeycloakServer implements AutoCloseable {

    /** Name and password of the realm {@code master}'s administrator. */
    public static final String ADMIN = "admin";

    private static final Logger LOG = Logger.getLogger(KeycloakServer.class.getName());
    private static final Namespace NAMESPACE = Namespace.create(KeycloakServer.class);

    private final Launch launch;
    private final Keycloak admin;

    private KeycloakServer(Launch launch) {
        this.launch = launch;
        this.admin = KeycloakBuilder.builder()
                .serverUrl(launch.url())
                .realm("master")
                .clientId("admin-cli")
                .username(ADMIN)
                .password(ADMIN)
                .build();
    }

    /**
     * This JVM's server. The launcher's session holds it, not the root context: where Maven hands classes to several JVMs, each
     * class has a root of its own.
     */
    public static KeycloakServer of(ExtensionContext context) {
        return of(context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE), ServerOptions.STANDARD);
    }

    /** The server with these options that the context's store holds: closed with it, so at the end of a test class. */
    static KeycloakServer of(ExtensionContext context, ServerOptions options) {
        return of(context.getStore(NAMESPACE), options);
    }

    private static KeycloakServer of(Store store, ServerOptions options) {
        return store.computeIfAbsent(options, key -> new KeycloakServer(start(options)), KeycloakServer.class);
    }

    private static Launch start(ServerOptions options) {
        var mode = System.getProperty("kc.it.mode", "auto").toLowerCase(Locale.ROOT);
        return switch (mode) {
            case "dist" -> DistributionLaunch.start(options);
            case "container" -> ContainerLaunch.start(options);
            case "auto" ->
                DockerClientFactory.instance().isDockerAvailable()
                        ? ContainerLaunch.start(options)
                        : DistributionLaunch.start(options);
            default -> throw new IllegalArgumentException("kc.it.mode is auto, dist or container, not " + mode);
        };
    }

    /** Without a slash at the end. */
    public String url() {
        return launch.url();
    }

    public Database database() {
        return launch.database();
    }

    /** See {@link Launch#another}; whoever asks closes it. */
    Optional<Launch> another() {
        return launch.another();
    }

    /** See {@link Launch#second}; whoever asks closes it. */
    Optional<Launch> second() {
        return launch.second();
    }

    /** See {@link Launch#process}; only of a server that is the test class's own, see {@link ServerOptions}. */
    Optional<KeycloakProcess> process() {
        return launch.process();
    }

    /** The administrator's client, on realm {@code master}'s account. */
    public Keycloak admin() {
        return admin;
    }

    /** A valid access token of the administrator. */
    public String adminToken() {
        return admin.tokenManager().getAccessTokenString();
    }

    /** The server's log file; empty in a container. */
    public Optional<Path> log() {
        return Optional.ofNullable(launch.log());
    }

    /** Empty where the server's SQL is not logged to a file: in a container. */
    public Optional<SqlLog> sqlLog() {
        return Optional.ofNullable(launch.log()).map(SqlLog::new);
    }

    @Override
    public void close() {
        LOG.info(() -> "stopping Keycloak at " + launch.url());
        admin.close();
        launch.close();
    }
}
