package io.github.clinicsessions.audit;

import io.github.clinicsessions.audit.spool.Spool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What became of the rows since this server started; thread-safe. */
final class LedgerCounters {

    private static final Logger LOG = Logger.getLogger(LedgerQueue.class);

    private final LongAdder written = new LongAdder();
    private final LongAdder lost = new LongAdder();

    void written(int rows) {
        written.add(rows);
    }

    /** Logs a row in full: nothing else has it. */
    void lost(LedgerRow row, String why, @Nullable Throwable e) {
        lost.increment();
        LOG.errorf(e, "ledger row kept only here, because %s: %s", why, row);
    }

    long lost() {
        return lost.sum();
    }

    /** For the Admin Console's server info; numbers only, as administrators of every realm may read it. */
    Map<String, String> shown(BlockingQueue<LedgerItem> queue, Spool spool) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("ledger: rows written", String.valueOf(written.sum()));
        shown.put("ledger: rows waiting in memory", String.valueOf(queue.size()));
        shown.put("ledger: rows waiting in the spool", String.valueOf(spool.rows()));
        shown.put("ledger: rows spooled since the start", String.valueOf(spool.spooled()));
        shown.put("ledger: rows lost (in the log only)", String.valueOf(lost.sum()));
        shown.put("ledger: unreadable lines of the spool", String.valueOf(spool.unreadable()));
        shown.put("ledger: spool", spool.isWorking() ? "can be written" : "cannot be written, see the server's log");
        return shown;
    }
}
