package io.github.clinicsessions.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The SQL statements that requests caused, read from the server's log. Only Hibernate's are seen, and only those of
 * request threads: timers of the server run on others.
 */
public final class SqlLog {

    private static final Pattern STATEMENT =
            Pattern.compile("DEBUG \\[org\\.hibernate\\.SQL] \\(executor-thread-\\d+\\) (.*)");
    private static final Duration QUIET = Duration.ofMillis(200);

    private final Path file;

    SqlLog(Path file) {
        this.file = file;
    }

    /** An action that may throw what it likes. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Runs the action, waits until the server has been quiet for 200 ms, and answers the statements since its start. */
    public List<String> during(Action action) throws Exception {
        awaitQuiet();
        var from = size();
        action.run();
        awaitQuiet();
        return statements(from);
    }

    private void awaitQuiet() {
        var last = new AtomicLong(size());
        Awaitility.await("the log to be quiet")
                .pollInterval(Duration.ofMillis(25))
                .during(QUIET)
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    var now = size();
                    return last.getAndSet(now) == now;
                });
    }

    private List<String> statements(long from) {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            var bytes = new byte[Math.toIntExact(in.length() - from)];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(STATEMENT::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
