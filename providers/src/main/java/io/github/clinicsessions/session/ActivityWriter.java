package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.registry.Beat;
import io.github.clinicsessions.session.ActivityBuffer.SessionId;
import io.github.clinicsessions.session.ActivityBuffer.Waiting;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;

/**
 * Stores what waits in the {@link ActivityBuffer}, every {@value #SECONDS} seconds, 500 sessions a transaction; thread-safe. One
 * daemon thread does it, which is never interrupted: an interrupt within a database driver can break the connection. What cannot
 * be stored is tried again, for {@value #PATIENCE_MINUTES} minutes; what belongs to a session that nobody has registered, for
 * one. What a crash finds in the buffer is lost.
 */
final class ActivityWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ActivityWriter.class);
    private static final int SECONDS = 2;
    private static final int CLOSE_SECONDS = 5;
    private static final int PATIENCE_MINUTES = 10;

    /** So many rows of a page that fail one by one are no row's fault. */
    private static final int FAILED_AT_MOST = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(PATIENCE_MINUTES);

    /** A sign-in is registered by a queue behind it. */
    private static final Duration UNREGISTERED = Duration.ofMinutes(1);

    private final ActivityBuffer buffer;
    private final BeatSink sink;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ScheduledExecutorService thread;

    private ActivityWriter(ActivityBuffer buffer, BeatSink sink) {
        this.buffer = buffer;
        this.sink = sink;
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "clinic-sessions-activity");
            made.setDaemon(true);
            return made;
        });
    }

    static ActivityWriter start(ActivityBuffer buffer, BeatSink sink) {
        ActivityWriter writer = new ActivityWriter(buffer, sink);
        var unused = writer.thread.scheduleWithFixedDelay(writer::flush, SECONDS, SECONDS, TimeUnit.SECONDS);
        return writer;
    }

    /** Without its thread. */
    static ActivityWriter stopped(ActivityBuffer buffer, BeatSink sink) {
        return new ActivityWriter(buffer, sink);
    }

    /**
     * Stores a beat at once, in a transaction of its own. If that fails it is left to the next round, as far as the buffer has
     * taken it.
     */
    void store(Beat beat) {
        try {
            if (sink.store(List.of(beat)).isEmpty()) {
                buffer.remove(beat);
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "a report of a human in realm %s is not stored yet", beat.realmId());
        }
    }

    /** Stores what waits soon; returns at once. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                thread.execute(() -> {
                    woken.set(false); // first: what is added from now on wakes it again
                    flush();
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the server is stopping: what waits is stored at its end", e);
            }
        }
    }

    /** Stores what waits now. Never throws: that would end the rounds. */
    void flush() {
        try {
            InPages.of(buffer.waiting()).forEach(this::storeWhatCanBe);
            giveUpOldest();
        } catch (RuntimeException e) {
            LOG.warn("reports of humans are not stored yet", e);
        }
    }

    /** A page that fails is stored one by one, until it is clear that the database is what fails. */
    private void storeWhatCanBe(List<Map.Entry<SessionId, Waiting>> page) {
        if (isStored(page)) {
            return;
        }
        int failed = 0;
        for (int i = 0; i < page.size() && failed < FAILED_AT_MOST; i++) {
            if (!isStored(page.subList(i, i + 1))) {
                failed++;
            }
        }
    }

    private boolean isStored(List<Map.Entry<SessionId, Waiting>> page) {
        try {
            store(page);
            return true;
        } catch (RuntimeException e) {
            LOG.warnf(e, "reports of humans in %d session(s) are not stored yet", page.size());
            return false;
        }
    }

    private void store(List<Map.Entry<SessionId, Waiting>> page) {
        List<Beat> beats = page.stream()
                .flatMap(one -> beats(one.getKey(), one.getValue()))
                .toList();
        Set<SessionId> unknown = new HashSet<>();
        sink.store(beats).forEach(beat -> unknown.add(new SessionId(beat.realmId(), beat.sessionId())));
        for (Map.Entry<SessionId, Waiting> one : page) {
            if (!unknown.contains(one.getKey()) || hasWaited(one.getValue(), UNREGISTERED)) {
                buffer.remove(one.getKey(), one.getValue());
            }
        }
    }

    private void giveUpOldest() {
        List<Map.Entry<SessionId, Waiting>> oldest = buffer.waiting().stream()
                .filter(one -> hasWaited(one.getValue(), PATIENCE))
                .toList();
        oldest.forEach(one -> buffer.remove(one.getKey(), one.getValue()));
        if (!oldest.isEmpty()) {
            LOG.errorf("reports of humans in %d sessions are lost: they could not be stored", oldest.size());
        }
    }

    private static boolean hasWaited(Waiting waiting, Duration time) {
        return Time.currentTimeMillis() - waiting.since() > time.toMillis();
    }

    private static Stream<Beat> beats(SessionId key, Waiting waiting) {
        long at = waiting.activity().lastBeatAt();
        Set<String> clients = waiting.activity().reportingClients();
        return clients.isEmpty()
                ? Stream.of(new Beat(key.realmId(), key.sessionId(), at, null))
                : clients.stream().map(client -> new Beat(key.realmId(), key.sessionId(), at, client));
    }

    /** Stores what waits, for a last time. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("reports of humans are still being stored when the server stops");
                return;
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        flush();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
