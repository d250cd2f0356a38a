package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Carries rows from the sign-in path to the ledger, so that no sign-in waits for it.
 *
 * <p>Synchronisation: any thread offers; one daemon thread writes in batches of at most {@value #BATCH} rows, each batch in
 * a transaction of its own. The rows of a batch that fails are tried again one by one, with growing pauses, for about 20
 * seconds in all; a row that cannot be written, or that finds the queue full, goes to the server log in full. The thread is
 * never interrupted: an interrupt within a database driver can break the connection. At shutdown the queue is emptied for
 * at most {@value #DRAIN_SECONDS} seconds.
 */
public final class LedgerQueue implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LedgerQueue.class);
    private static final int CAPACITY = 10_000;
    private static final int BATCH = 100;
    private static final int DRAIN_SECONDS = 5;
    private static final int LOOK_MILLIS = 250;
    private static final long[] PAUSES_MILLIS = {100, 1_000, 5_000, 15_000};

    private final KeycloakSessionFactory factory;
    private final BlockingQueue<LedgerRow> rows = new LinkedBlockingQueue<>(CAPACITY);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer = new Thread(this::writeUntilClosed, "clinic-sessions-ledger");

    private LedgerQueue(KeycloakSessionFactory factory) {
        this.factory = factory;
        writer.setDaemon(true);
    }

    /** A queue whose thread is running: not started by the first sign-in, which must not pay for it or fail by it. */
    public static LedgerQueue start(KeycloakSessionFactory factory) {
        LedgerQueue queue = new LedgerQueue(factory);
        queue.writer.start();
        return queue;
    }

    /** Takes a row and what is to be done in the same transaction; returns at once. */
    public void offer(LedgerRow row, java.util.function.Consumer<KeycloakSession> also) {
        alsos.put(row.id(), also);
        offer(row);
    }

    private final java.util.Map<String, java.util.function.Consumer<KeycloakSession>> alsos =
            new java.util.concurrent.ConcurrentHashMap<>();

    /** Takes a row; returns at once. */
    public void offer(LedgerRow row) {
        if (!rows.offer(row)) {
            lost(row, "the queue is full", null);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LedgerRow left;
        while ((left = rows.poll()) != null) {
            lost(left, "the server is stopping", null);
        }
    }

    private void writeUntilClosed() {
        while (!isClosing() || !rows.isEmpty()) {
            List<LedgerRow> batch = new ArrayList<>();
            try {
                LedgerRow first = rows.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    rows.drainTo(batch, BATCH - 1);
                    write(batch);
                }
            } catch (Throwable e) {
                // An Error must neither end the only thread that writes nor take rows along that are no longer queued.
                LOG.error("the ledger goes on after", e);
                batch.forEach(row -> lost(row, "writing it broke off", e));
            }
        }
    }

    private void write(List<LedgerRow> batch) throws InterruptedException {
        try {
            Transactions.inBackground(factory, session -> batch.forEach(row -> append(session, row)));
            return;
        } catch (RuntimeException e) {
            LOG.warnf(e, "a batch of %d ledger rows was not written; each is tried again", batch.size());
        }
        List<LedgerRow> left = batch;
        for (long pause : PAUSES_MILLIS) {
            left = left.stream().filter(row -> writeAlone(row) != null).toList();
            if (left.isEmpty() || closing.await(pause, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        for (LedgerRow row : left) {
            RuntimeException reason = writeAlone(row);
            if (reason != null) {
                lost(row, "it cannot be written", reason);
            }
        }
    }

    /** Null if it is written, else why not. */
    private @Nullable RuntimeException writeAlone(LedgerRow row) {
        try {
            Transactions.inBackground(factory, session -> append(session, row));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void append(KeycloakSession session, LedgerRow row) {
        LedgerStoreProvider store = session.getProvider(LedgerStoreProvider.class);
        LedgerRow complete = LedgerRows.complete(session, store, row);
        if (complete != null) {
            store.append(complete);
        }
        alsos.getOrDefault(row.id(), own -> {}).accept(session);
    }

    private static void lost(LedgerRow row, String why, @Nullable Throwable e) {
        LOG.errorf(e, "ledger row kept only here, because %s: %s", why, row);
    }
}
