package io.github.clinicsessions.audit.spool;

import io.github.clinicsessions.audit.LedgerRow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows from the spool to where they belong, file by file, oldest first. When nothing of a file could be written it
 * waits: first {@code firstPause}, then twice as long each time, up to {@code longestPause}. It then begins behind that file,
 * so that rows that are refused for good do not stand in the way of others. Used by one thread.
 */
public final class SpoolRetry {

    private static final Logger LOG = Logger.getLogger(SpoolRetry.class);

    private final Spool spool;
    private final UnaryOperator<List<LedgerRow>> writer;
    private final long firstPause;
    private final long longestPause;
    private final LongSupplier nanoClock;

    private final Deque<String> round = new ArrayDeque<>();
    private @Nullable String refused;
    private boolean waited;
    private long pause;
    private long nextAt;

    /**
     * @param writer writes rows and answers those that it could not write
     * @param nanoClock as {@link System#nanoTime()}
     */
    public SpoolRetry(
            Spool spool,
            UnaryOperator<List<LedgerRow>> writer,
            Duration firstPause,
            Duration longestPause,
            LongSupplier nanoClock) {
        this.spool = spool;
        this.writer = writer;
        this.firstPause = firstPause.toNanos();
        this.longestPause = Math.max(firstPause.toNanos(), longestPause.toNanos());
        this.nanoClock = nanoClock;
        this.pause = this.firstPause;
        this.nextAt = nanoClock.getAsLong(); // at once: what an earlier server left
    }

    /**
     * Tries one file, if it is time; without anything to do it looks into the folder once per longest pause.
     *
     * @return whether the next one should be tried at once
     */
    public boolean step() {
        boolean waits = spool.rows() > 0;
        if (waits && !waited && round.isEmpty()) {
            pauseFor(firstPause);
        }
        waited = waits;
        if (nanoClock.getAsLong() - nextAt < 0) {
            return false;
        }
        try {
            return (!round.isEmpty() || begin()) && next();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("the ledger's spool cannot be read, or not be written: %s", e);
            stop();
            return false;
        }
    }

    private boolean begin() throws IOException {
        List<String> names = spool.files();
        waited = spool.rows() > 0;
        if (names.isEmpty()) {
            pauseFor(longestPause);
            return false;
        }
        round.addAll(names);
        if (refused != null) {
            int from = -1 - Collections.binarySearch(names, refused + "\0");
            for (int i = 0; i < from; i++) {
                round.addLast(round.removeFirst());
            }
        }
        return true;
    }

    private boolean next() throws IOException {
        String name = round.removeFirst();
        refused = name;
        try (ClaimedFile file = spool.claim(name)) {
            if (file != null) {
                ClaimedFile.Contents contents = file.read();
                List<LedgerRow> left = contents.rows().isEmpty() ? List.of() : writer.apply(contents.rows());
                boolean barren =
                        !left.isEmpty() && left.size() == contents.rows().size();
                if (!barren || !contents.unreadable().isEmpty()) {
                    spool.replace(name, file, contents.unreadable(), left);
                }
                if (barren) {
                    stop();
                    return false;
                }
                pause = firstPause;
            }
        }
        refused = null;
        if (round.isEmpty()) {
            pauseFor(spool.rows() > 0 ? firstPause : longestPause);
            return false;
        }
        return true;
    }

    /** Until the next round. */
    private void stop() {
        round.clear();
        nextAt = nanoClock.getAsLong() + pause;
        pause = Math.min(2 * pause, longestPause);
    }

    private void pauseFor(long nanos) {
        pause = firstPause;
        nextAt = nanoClock.getAsLong() + nanos;
    }
}
