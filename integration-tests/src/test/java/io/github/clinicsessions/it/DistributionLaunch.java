package io.github.clinicsessions.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak from its distribution, each with a PostgreSQL of its own from its binaries: no container engine.
 */
final class DistributionLaunch implements Launch {

    private static final Logger LOG = Logger.getLogger(DistributionLaunch.class.getName());

    /** Quick to start, not quick to run: good for functional tests, wrong for measurements. */
    private static final String JVM = "-XX:-UseG1GC -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** {@code -Dkc.it.benchmark=true}: Keycloak's own JVM options, and no SQL in the log. */
    private static final boolean BENCHMARK = Boolean.getBoolean("kc.it.benchmark");

    private final Path home;
    private final EmbeddedPostgres postgres;
    private final ServerOptions options;
    private final @Nullable DistributionLaunch first;
    private final String url;
    private final Path log;
    private final KeycloakProcess keycloak;
    private final Thread onExit;

    /** Beside the first one if there is one, on its PostgreSQL. Nothing is started yet. */
    private DistributionLaunch(
            Path home, EmbeddedPostgres postgres, ServerOptions options, @Nullable DistributionLaunch first)
            throws IOException {
        this.home = home;
        this.postgres = postgres;
        this.options = options;
        this.first = first;
        var port = freePort();
        var managementPort = freePort();
        this.url = "http://localhost:" + port;
        this.log = emptied(options.fileName("keycloak-server", ".log"));
        this.keycloak = new KeycloakProcess(
                command(port, managementPort),
                URI.create("http://127.0.0.1:" + managementPort + "/health/ready"),
                console());
        this.onExit = new Thread(this::stopAll, "stop-keycloak");
    }

    static DistributionLaunch start(ServerOptions options) {
        var began = System.nanoTime();
        var home = new Home(options).prepared();
        var postgres = startPostgres();
        LOG.info(() -> "prepared after " + millisSince(began) + " ms");
        var launch = start(home, postgres, options, null);
        LOG.info(() -> "ready at " + launch.url + " after " + millisSince(began) + " ms, log " + launch.log);
        return launch;
    }

    private static DistributionLaunch start(
            Path home, EmbeddedPostgres postgres, ServerOptions options, @Nullable DistributionLaunch first) {
        try {
            var launch = new DistributionLaunch(home, postgres, options, first);
            emptied(options.fileName("keycloak-console", ".log"));
            Runtime.getRuntime().addShutdownHook(launch.onExit);
            try {
                launch.keycloak.start();
                return launch;
            } catch (IOException | RuntimeException e) {
                launch.close();
                throw new IllegalStateException(
                        "Keycloak did not start; the end of " + launch.console() + ":\n" + tail(launch.console()), e);
            }
        } catch (IOException e) {
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

    private List<String> command(int port, int managementPort) throws IOException {
        var command = new ArrayList<>(List.of(
                home.resolve("bin/kc.sh").toString(),
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + managementPort,
                // A test says by X-Forwarded-For from where a request comes.
                "--proxy-headers=xforwarded",
                "--db-url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--db-username=postgres",
                "--db-password=postgres",
                "--log=console,file",
                "--log-level=info,io.smallrye.health:error" + (BENCHMARK ? "" : ",org.hibernate.SQL:debug"),
                "--log-console-level=info",
                "--log-file=" + log,
                // Who reads the log reads one file; Keycloak would begin another one every 10 MB.
                "--log-file-rotation-enabled=false"));
        command.addAll(options.clustered() ? cluster() : List.of("--cache=local", "--hostname-strict=false"));
        command.add("--spi-events-listener--clinic-sessions--spool-dir=" + spool());
        command.addAll(options.run());
        if (!BENCHMARK) {
            command.addAll(Launch.TEST_OPTIONS);
        }
        return command;
    }

    /** Nodes find each other by the database; all of them issue tokens in the first one's name. */
    private List<String> cluster() throws IOException {
        return List.of(
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + freeClusterPort(),
                "--hostname=" + (first == null ? url : first.url));
    }

    /** Of this database only: servers share a home, and must not write rows of one database into another. */
    private Path spool() {
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

    /**
     * Below the ports that systems give to outgoing connections: Keycloak takes it half a minute later only, and one of those may have
     * it by then. Each JVM has a range of its own.
     */
    private static int freePort() throws IOException {
        var begin = 12_000 + 2_000 * Project.fork();
        for (var tried = 0; tried < 100; tried++) {
            var port = begin + ThreadLocalRandom.current().nextInt(2_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                LOG.fine("taken: " + port);
            }
        }
        throw new IOException("no port from " + begin + " is free");
    }

    /** JGroups listens at this port and, to see whether others live, at the one 50000 above. */
    private static int freeClusterPort() throws IOException {
        var begin = 7700 + 100 * Project.fork(); // another JVM's nodes may look for ports at the same time
        for (var port = begin; port < begin + 100; port++) {
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    var above = new ServerSocket(port + 50_000, 1, InetAddress.getLoopbackAddress())) {
                LOG.fine("free: " + socket + ", " + above);
                return port;
            } catch (BindException e) {
                LOG.fine("taken: " + port);
            }
        }
        throw new IOException("no port from " + begin + " to " + (begin + 99) + " is free");
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
        return Optional.of(start(home, postgres, ServerOptions.named("another"), this));
    }

    @Override
    public Optional<Launch> second() {
        return options.clustered()
                ? Optional.of(start(home, postgres, options.renamed("second"), this))
                : Launch.super.second();
    }

    @Override
    public Optional<KeycloakProcess> process() {
        return Optional.of(keycloak);
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

    private void stopAll() {
        keycloak.stop();
        if (first == null) {
            closeQuietly(postgres);
        }
    }

    private Path console() {
        return Project.target().resolve(options.fileName("keycloak-console", ".log"));
    }

    /** Without what an earlier run left in it; a server that begins again goes on where it was. */
    private static Path emptied(String fileName) throws IOException {
        var file = Project.target().resolve(fileName);
        Files.deleteIfExists(file);
        return file;
    }
}
