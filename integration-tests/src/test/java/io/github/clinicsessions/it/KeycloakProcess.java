package io.github.clinicsessions.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The process of one {@code kc.sh start}, which may end and begin again: with the same options on the same ports, so that URLs
 * and issuers stay valid.
 */
final class KeycloakProcess {

    private static final Logger LOG = Logger.getLogger(KeycloakProcess.class.getName());
    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final List<String> command;
    private final URI health;
    private final Path console;
    private volatile @Nullable Process process;

    /**
     * @param health answers 200 when the server is ready
     * @param console what it prints goes to the end of this file
     */
    KeycloakProcess(List<String> command, URI health, Path console) {
        this.command = List.copyOf(command);
        this.health = health;
        this.console = console;
    }

    /** Returns when it is ready. */
    void start() throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
        DistributionLaunch.environment(builder);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN);
        var started = builder.start();
        process = started;
        Awaitility.await("Keycloak to be ready")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .failFast("Keycloak ended by itself", () -> !started.isAlive())
                .until(this::isReady);
    }

    /** Begins again after {@link #kill} or {@link #stop}, or stops it first; returns when it is ready. */
    void restart() {
        stop();
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end that an administrator makes: requests under way are answered. What is still there after 20 s is killed. */
    void stop() {
        var ending = process;
        if (ending == null) {
            return;
        }
        var family = ending.descendants().toList();
        ending.destroy(); // kc.sh hands the signal on to its Java process and waits for it
        try {
            if (!ending.waitFor(20, TimeUnit.SECONDS)) {
                LOG.warning("Keycloak did not stop in 20 s and was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        ending.destroyForcibly();
    }

    /** A crash: nothing is answered, written or told any more. Returns when the process is gone. */
    void kill() {
        var ending = process;
        if (ending == null || !ending.isAlive()) {
            throw new IllegalStateException("there is no process to be killed");
        }
        // The Java process before its script, so that nothing is left to hand a signal on.
        var family = Stream.concat(ending.descendants(), Stream.of(ending.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(one -> one.onExit().join());
    }

    private boolean isReady() throws InterruptedException {
        var request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
