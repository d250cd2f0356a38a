package io.github.clinicsessions.audit;

import io.github.clinicsessions.audit.spool.Spool;
import io.github.clinicsessions.audit.spool.SpoolRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The one thread that writes to the database: what is queued in batches of at most {@value #BATCH} rows, each in a transaction
 * of its own, and between them what waits in the spool. The rows of a batch that fails are tried once more, each alone; what
 * is left goes to the spool. While nothing at all can be written, new rows go there at once.
 *
 * <p>Only where the spool does not take them, rows are tried again for about 20 seconds, and are lost then.
 */
final class LedgerWriter implements Runnable {

    static final int BATCH = 100;

    private static final Logger LOG = Logger.getLogger(LedgerQueue.class);
    private static final int LOOK_MILLIS = 250;
    private static final int AGAIN_MILLIS = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final long[] PAUSES_WITHOUT_SPOOL_MILLIS = {1_000, 5_000, 15_000};

    /** Without success for that long, the rows left of a batch are not tried: a database that is away answers slowly. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final BlockingQueue<LedgerItem> queue;
    private final LedgerSink sink;
    private final Spool spool;
    private final SpoolRetry retry;
    private final LedgerCounters counters;
    private final CountDownLatch closing;

    private volatile boolean mayRetry;
    private volatile List<LedgerItem> inHand = List.of();
    private volatile long busySince;
    private boolean outage;

    LedgerWriter(
            BlockingQueue<LedgerItem> queue,
            LedgerSink sink,
            Spool spool,
            Duration longestPause,
            LedgerCounters counters,
            CountDownLatch closing) {
        this.queue = queue;
        this.sink = sink;
        this.spool = spool;
        this.retry = new SpoolRetry(spool, this::writeSpooled, FIRST_PAUSE, longestPause, System::nanoTime);
        this.counters = counters;
        this.closing = closing;
    }

    /** To be called once the tables are there: what an earlier server left waits until then. */
    void retryFromNowOn() {
        mayRetry = true;
    }

    /** What was taken from the queue and has not found its place yet; for whoever cannot wait for this thread. */
    List<LedgerItem> inHand() {
        return inHand;
    }

    /** How long the thread has been at the same batch or file. */
    Duration busyFor() {
        long since = busySince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public void run() {
        boolean more = false;
        while (!isClosing() || !queue.isEmpty()) {
            try {
                busySince = 0;
                LedgerItem first = queue.poll(more ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
                busySince = System.nanoTime();
                if (first != null) {
                    takeAndWrite(first);
                }
                more = mayRetry && !isClosing() && retry.step();
            } catch (Throwable e) {
                // An Error must neither end the only thread that writes nor take rows along that are no longer queued.
                LOG.error("the ledger goes on after", e);
                keep(inHand, "writing it broke off", e);
            }
            inHand = List.of();
        }
        busySince = 0;
    }

    private void takeAndWrite(LedgerItem first) throws InterruptedException {
        List<LedgerItem> batch = new ArrayList<>();
        batch.add(first);
        queue.drainTo(batch, BATCH - 1);
        inHand = batch;
        outage = outage && spool.rows() > 0;
        if (outage && spool.append(LedgerItem.rows(batch))) {
            return;
        }
        List<LedgerItem> left = write(batch);
        outage = left.size() == batch.size();
        if (!left.isEmpty() && !spool.append(LedgerItem.rows(left))) {
            writeWithoutSpool(left);
        }
        inHand = List.of();
    }

    private List<LedgerRow> writeSpooled(List<LedgerRow> rows) {
        List<LedgerItem> left = write(LedgerItem.of(rows));
        if (left.size() < rows.size()) {
            outage = false;
        }
        return LedgerItem.rows(left);
    }

    /** What could not be written. */
    private List<LedgerItem> write(List<LedgerItem> items) {
        try {
            counters.written(sink.write(items));
            return List.of();
        } catch (RuntimeException e) {
            LOG.warnf(e, "a batch of %d ledger rows was not written; each is tried again", items.size());
        }
        pause(AGAIN_MILLIS);
        List<LedgerItem> left = new ArrayList<>();
        long succeeded = System.nanoTime();
        for (LedgerItem item : items) {
            if (System.nanoTime() - succeeded <= PATIENCE_NANOS && writeAlone(item)) {
                succeeded = System.nanoTime();
            } else {
                left.add(item);
            }
        }
        return left;
    }

    private boolean writeAlone(LedgerItem item) {
        try {
            counters.written(sink.write(List.of(item)));
            return true;
        } catch (RuntimeException e) {
            LOG.debug("a ledger row was not written", e);
            return false;
        }
    }

    private void writeWithoutSpool(List<LedgerItem> items) {
        List<LedgerItem> left = LedgerItem.of(LedgerItem.rows(items)); // without what may be the reason
        for (long pause : PAUSES_WITHOUT_SPOOL_MILLIS) {
            if (pause(pause)) {
                break;
            }
            left = write(left);
            if (left.isEmpty() || spool.append(LedgerItem.rows(left))) {
                return;
            }
        }
        left.forEach(item -> counters.lost(item.row(), "it cannot be written", null));
    }

    private void keep(List<LedgerItem> items, String why, Throwable e) {
        try {
            if (items.isEmpty() || spool.append(LedgerItem.rows(items))) {
                return;
            }
        } catch (Throwable further) {
            LOG.error("the ledger's spool goes on after", further);
        }
        items.forEach(item -> counters.lost(item.row(), why, e));
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Whether the server is stopping; then it does not wait. */
    private boolean pause(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
