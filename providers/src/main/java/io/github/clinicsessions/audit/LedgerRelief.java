package io.github.clinicsessions.audit;

import io.github.clinicsessions.audit.spool.Spool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A thread that touches the disk only: it takes rows from the queue to the spool when the writer hangs in the database or does
 * not keep up, so that neither those who offer rows nor the writer need to. Reminds operators of rows that wait.
 */
final class LedgerRelief implements Runnable {

    private static final Logger LOG = Logger.getLogger(LedgerQueue.class);
    private static final int LOOK_MILLIS = 250;
    private static final Duration HANGS_AFTER = Duration.ofSeconds(5);
    private static final long AFTER_REFUSAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long REMIND_NANOS = Duration.ofMinutes(1).toNanos();

    private final BlockingQueue<LedgerItem> queue;
    private final int highWater;
    private final LedgerWriter writer;
    private final Spool spool;
    private final LedgerCounters counters;
    private final CountDownLatch closing;
    private long reliefFrom = System.nanoTime();
    private long remindFrom = System.nanoTime();
    private boolean reminded;
    private @Nullable String keptInHand;

    LedgerRelief(
            BlockingQueue<LedgerItem> queue,
            int highWater,
            LedgerWriter writer,
            Spool spool,
            LedgerCounters counters,
            CountDownLatch closing) {
        this.queue = queue;
        this.highWater = highWater;
        this.writer = writer;
        this.spool = spool;
        this.counters = counters;
        this.closing = closing;
    }

    @Override
    public void run() {
        boolean stop = false;
        while (!stop) {
            try {
                stop = closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                relieve();
                remind();
            } catch (Throwable e) {
                LOG.error("the ledger's spool goes on after", e);
            }
        }
    }

    private void relieve() {
        boolean hangs = writer.busyFor().compareTo(HANGS_AFTER) > 0;
        if (hangs && System.nanoTime() - reliefFrom >= 0) {
            keepInHand();
        }
        while (queue.size() > (hangs ? 0 : highWater) && System.nanoTime() - reliefFrom >= 0) {
            List<LedgerItem> items = new ArrayList<>();
            queue.drainTo(items, LedgerWriter.BATCH);
            if (!spool.append(LedgerItem.rows(items))) {
                reliefFrom = System.nanoTime() + AFTER_REFUSAL_NANOS;
                items.forEach(this::giveBack);
            }
        }
    }

    /** What the writer hangs with, once: should it be written after all, the copy on the disk does no harm. */
    private void keepInHand() {
        List<LedgerItem> items = writer.inHand();
        if (items.isEmpty() || items.get(0).row().id().equals(keptInHand)) {
            return;
        }
        keptInHand = items.get(0).row().id();
        if (!spool.append(LedgerItem.rows(items))) {
            reliefFrom = System.nanoTime() + AFTER_REFUSAL_NANOS;
            keptInHand = null;
        }
    }

    private void giveBack(LedgerItem item) {
        if (!queue.offer(item)) {
            counters.lost(item.row(), "queue and spool are full", null);
        }
    }

    private void remind() {
        long waiting = spool.rows();
        if (waiting > 0 && System.nanoTime() - remindFrom >= 0) {
            remindFrom = System.nanoTime() + REMIND_NANOS;
            reminded = true;
            LOG.warnf(
                    "%d ledger rows wait on this server's disk for the database; %d were lost since the start",
                    waiting, counters.lost());
        } else if (waiting == 0 && reminded) {
            reminded = false;
            LOG.info("no ledger rows wait on this server's disk any more");
        }
    }
}
