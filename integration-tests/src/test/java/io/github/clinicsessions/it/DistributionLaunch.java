package io.github.clinicsessions.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.awaitility.Awaitility;

/**
 * Keycloak from its distribution, each with a PostgreSQL of its own from its binaries: no container engine.
 */
final class DistributionLaunch implements Launch {

    private static final Logger LOG = Logger.getLogger(DistributionLaunch.class.getName());

    /** Quick to start, not quick to run: good for functional tests, wrong for measurements. */
    private static final String JVM = "-XX:-UseG1GC -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** {@code -Dkc.it.benchmark=true}: Keycloak's own JVM options, and no SQL in the log. */
    private static final boolean BENCHMARK = Boolean.getBoolean("kc.it.benchmark");

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final EmbeddedPostgres postgres;
    private final boolean first;
    private final Process keycloak;
    private final Thread onExit;
    private final String url;
    private final Path log;

    private DistributionLaunch(
            Path home, EmbeddedPostgres postgres, boolean first, Process keycloak, int port, Path log) {
        this.home = home;
        this.postgres = postgres;
        this.first = first;
        this.keycloak = keycloak;
        this.url = "http://localhost:" + port;
        this.log = log;
        this.onExit = new Thread(this::stopAll, "stop-keycloak");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    static DistributionLaunch start(ServerOptions options) {
        var began = System.nanoTime();
        var home = new Home(options).prepared();
        var postgres = startPostgres();
        LOG.info(() -> "prepared after " + millisSince(began) + " ms");
        try {
            var launch = startKeycloak(home, postgres, options, true);
            LOG.info(() -> "ready at " + launch.url + " after " + millisSince(began) + " ms, log " + launch.log);
            return launch;
        } catch (IOException e) {
            closeQuietly(postgres);
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Project.target().resolve("postgres").toFile())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DistributionLaunch startKeycloak(
            Path home, EmbeddedPostgres postgres, ServerOptions options, boolean first) throws IOException {
        var port = freePort();
        var managementPort = freePort();
        var log = Project.target().resolve(options.fileName("keycloak-server", ".log"));
        Files.deleteIfExists(log);
        var command = new ArrayList<>(List.of(
                home.resolve("bin/kc.sh").toString(),
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + managementPort,
                "--hostname-strict=false",
                // A test says by X-Forwarded-For from where a request comes.
                "--proxy-headers=xforwarded",
                "--cache=local",
                "--db-url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--db-username=postgres",
                "--db-password=postgres",
                "--log=console,file",
                "--log-level=info,io.smallrye.health:error" + (BENCHMARK ? "" : ",org.hibernate.SQL:debug"),
                "--log-console-level=info",
                "--log-file=" + log));
        command.add("--spi-events-listener--clinic-sessions--spool-dir=" + spool(postgres, options));
        command.addAll(options.run());
        var console = Project.target().resolve(options.fileName("keycloak-console", ".log"));
        if (!BENCHMARK) {
            command.addAll(Launch.TEST_OPTIONS);
        }
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(console.toFile());
        environment(builder);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN);
        var launch = new DistributionLaunch(home, postgres, first, builder.start(), port, log);
        try {
            launch.awaitReady(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"));
            return launch;
        } catch (RuntimeException e) {
            launch.close();
            throw new IllegalStateException("Keycloak did not start; the end of " + console + ":\n" + tail(console), e);
        }
    }

    /** Of this database only: servers share a home, and must not write rows of one database into another. */
    private static Path spool(EmbeddedPostgres postgres, ServerOptions options) {
        return Project.target()
                .resolve("spool")
                .resolve(ProcessHandle.current().pid() + "-" + postgres.getPort())
                .resolve(options.fileName("server", ""));
    }

    static void environment(ProcessBuilder builder) {
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KC_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_APPEND", BENCHMARK ? "" : JVM);
    }

    static String tail(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "(not readable: " + e.getMessage() + ")";
        }
    }

    private void awaitReady(URI health) {
        var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        Awaitility.await("Keycloak to be ready")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .failFast("Keycloak ended by itself", () -> !keycloak.isAlive())
                .until(() -> isReady(client, health));
    }

    private static boolean isReady(HttpClient client, URI health) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static void closeQuietly(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            LOG.warning(() -> "PostgreSQL did not stop: " + e);
        }
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public Database database() {
        return new Database(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public Optional<Launch> another() {
        try {
            return Optional.of(startKeycloak(home, postgres, ServerOptions.named("another"), false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            LOG.fine("already shutting down");
        }
        stopAll();
    }

    /** kc.sh hands the signal on to its Java process and waits for it; what is still there afterwards is killed. */
    private void stopAll() {
        var family = keycloak.descendants().toList();
        keycloak.destroy();
        try {
            if (!keycloak.waitFor(20, TimeUnit.SECONDS)) {
                LOG.warning("Keycloak did not stop in 20 s and was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        keycloak.destroyForcibly();
        if (first) {
            closeQuietly(postgres);
        }
    }
}
