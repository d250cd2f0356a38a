package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Carries rows from the sign-in path to the ledger, so that no sign-in waits for it.
 *
 * <p>Synchronisation: any thread offers; one daemon thread, started with the first row, writes in batches of at most
 * {@value #BATCH} rows, each batch in a transaction of its own. A batch that fails is tried again, row by row, with growing
 * pauses; a row that cannot be written, or that finds the queue full, goes to the server log in full. At shutdown the
 * queue is emptied for at most {@value #DRAIN_SECONDS} seconds.
 */
public final class LedgerQueue implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LedgerQueue.class);
    private static final int CAPACITY = 10_000;
    private static final int BATCH = 100;
    private static final int DRAIN_SECONDS = 5;
    private static final long[] PAUSES_MILLIS = {100, 1_000, 5_000, 15_000};

    private final KeycloakSessionFactory factory;
    private final BlockingQueue<LedgerRow> rows = new LinkedBlockingQueue<>(CAPACITY);
    private final Object starting = new Object();
    private @Nullable Thread writer;
    private volatile boolean closed;

    public LedgerQueue(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    /** Takes a row; returns at once. */
    public void offer(LedgerRow row) {
        if (!rows.offer(row)) {
            lost(row, "the queue is full", null);
            return;
        }
        synchronized (starting) {
            if (writer == null && !closed) {
                writer = new Thread(this::writeUntilClosed, "clinic-sessions-ledger");
                writer.setDaemon(true);
                writer.start();
            }
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (starting) {
            closed = true;
            running = writer;
        }
        if (running != null) {
            running.interrupt();
            try {
                running.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        LedgerRow left;
        while ((left = rows.poll()) != null) {
            lost(left, "the server is stopping", null);
        }
    }

    private void writeUntilClosed() {
        List<LedgerRow> batch = new ArrayList<>(BATCH);
        while (!closed || !rows.isEmpty()) {
            try {
                LedgerRow first = closed ? rows.poll() : rows.take();
                if (first == null) {
                    return;
                }
                batch.add(first);
                rows.drainTo(batch, BATCH - 1);
                write(batch);
                batch.clear();
            } catch (InterruptedException e) {
                // only close() interrupts: what is left is written, then the loop ends
                closed = true;
            }
        }
    }

    private void write(List<LedgerRow> batch) {
        try {
            Transactions.inBackground(factory, session -> batch.forEach(row -> append(session, row)));
        } catch (RuntimeException e) {
            LOG.warnf(e, "a batch of %d ledger rows was not written; each is tried again", batch.size());
            batch.forEach(this::writeAlone);
        }
    }

    private void writeAlone(LedgerRow row) {
        for (int attempt = 0; ; attempt++) {
            try {
                Transactions.inBackground(factory, session -> append(session, row));
                return;
            } catch (RuntimeException e) {
                if (closed || attempt == PAUSES_MILLIS.length) {
                    lost(row, "it cannot be written", e);
                    return;
                }
                pause(PAUSES_MILLIS[attempt]);
            }
        }
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private static void append(KeycloakSession session, LedgerRow row) {
        LedgerStoreProvider store = session.getProvider(LedgerStoreProvider.class);
        LedgerRow complete = LedgerRows.complete(session, store, row);
        if (complete != null) {
            store.append(complete);
        }
    }

    private static void lost(LedgerRow row, String why, @Nullable Exception e) {
        LOG.errorf(e, "ledger row kept only here, because %s: %s", why, row);
    }
}
