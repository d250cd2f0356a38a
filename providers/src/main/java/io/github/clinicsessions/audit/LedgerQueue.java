package io.github.clinicsessions.audit;

import io.github.clinicsessions.audit.spool.Spool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * Carries rows from the sign-in path to the ledger, so that no sign-in waits for it, neither for the database nor for the disk.
 *
 * <p>Synchronisation: any thread offers. One daemon thread writes to the database ({@link LedgerWriter}); what it cannot write
 * goes to the spool on this server's disk and is tried again from there, also by the next server that starts. Another daemon
 * thread ({@link LedgerRelief}) takes rows to the spool when the queue is half full or the first thread hangs. The threads are
 * never interrupted: an interrupt within a database driver can break the connection. At shutdown the queue is emptied for at
 * most {@value #DRAIN_SECONDS} seconds; what is left then goes to the spool. A row that finds the queue full, or that the spool
 * does not take, goes to the server log in full, and is counted.
 */
public final class LedgerQueue implements AutoCloseable {

    static final int CAPACITY = 20_000;

    private static final int HIGH_WATER = CAPACITY / 2;
    private static final int DRAIN_SECONDS = 5;
    private static final long SPOOL_BYTES = 100L * 1024 * 1024;

    private final BlockingQueue<LedgerItem> items = new LinkedBlockingQueue<>(CAPACITY);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LedgerCounters counters = new LedgerCounters();
    private final Spool spool;
    private final LedgerWriter writer;
    private final Thread writerThread;
    private final Thread reliefThread;
    private volatile boolean stopped;

    private LedgerQueue(LedgerSink sink, Spool spool, Duration longestPause) {
        this.spool = spool;
        writer = new LedgerWriter(items, sink, spool, longestPause, counters, closing);
        writerThread = daemon(writer, "clinic-sessions-ledger");
        reliefThread = daemon(
                new LedgerRelief(items, HIGH_WATER, writer, spool, counters, closing), "clinic-sessions-ledger-spool");
    }

    /** A queue whose threads are running: not started by the first sign-in, which must not pay for it or fail by it. */
    public static LedgerQueue start(KeycloakSessionFactory factory, SpoolOptions options) {
        Spool spool = new Spool(options.folder(), SPOOL_BYTES);
        spool.prepare();
        LedgerQueue queue = start(LedgerSink.ledger(factory), spool, options.longestPause());
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                queue.writer.retryFromNowOn();
            }
        });
        return queue;
    }

    /** The same without Keycloak; {@link LedgerWriter#retryFromNowOn()} is left to the caller. */
    static LedgerQueue start(LedgerSink sink, Spool spool, Duration longestPause) {
        LedgerQueue queue = new LedgerQueue(sink, spool, longestPause);
        queue.writerThread.start();
        queue.reliefThread.start();
        return queue;
    }

    /** Takes a row; returns at once. */
    public void offer(LedgerRow row) {
        offer(new LedgerItem(row, null));
    }

    /**
     * Takes a row, and what is to be done in the same transaction after it was written, also when the ledger had it already;
     * returns at once. If it throws, the row is written without it.
     *
     * <p>Only the row is kept on the disk: where it is written from there, or the server dies before, {@code also} is not
     * done. Whoever needs it must find otherwise what is missing.
     *
     * @param also gets the session of that transaction, in which it must look up every model anew; it must be quick, as up to
     *     a hundred rows share the transaction, and harmless when it is done twice
     */
    public void offer(LedgerRow row, Consumer<KeycloakSession> also) {
        offer(new LedgerItem(row, also));
    }

    /** For {@link ServerInfoAwareProviderFactory#getOperationalInfo()}: how many rows were written, wait, or were lost. */
    public Map<String, String> shown() {
        return counters.shown(items.size(), spool);
    }

    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = join(writerThread, DRAIN_SECONDS);
        interrupted |= join(reliefThread, DRAIN_SECONDS);
        stopped = true;
        spool(writer.inHand());
        List<LedgerItem> left = new ArrayList<>();
        while (items.drainTo(left, LedgerWriter.BATCH) > 0) {
            spool(left);
            left.clear();
        }
        spool.close();
        if (interrupted) {
            Thread.currentThread().interrupt(); // not earlier: an interrupted thread cannot write files
        }
    }

    /** Tests have no migration to wait for. */
    void retryFromNowOn() {
        writer.retryFromNowOn();
    }

    private void offer(LedgerItem item) {
        if (!items.offer(item)) {
            counters.lost(item.row(), "the queue is full", null);
        } else if (stopped && items.remove(item)) { // asked afterwards: nobody looks into the queue any more
            counters.lost(item.row(), "the server has stopped", null);
        }
    }

    private void spool(List<LedgerItem> left) {
        if (!left.isEmpty() && !spool.append(LedgerItem.rows(left))) {
            left.forEach(item -> counters.lost(item.row(), "the server is stopping", null));
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether this thread was interrupted meanwhile. */
    private static boolean join(Thread thread, int seconds) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(seconds));
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
