package io.github.clinicsessions.audit;

import io.github.clinicsessions.audit.spool.Spool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What became of the rows since this server started; thread-safe. */
final class LedgerCounters {

    private static final Logger LOG = Logger.getLogger(LedgerQueue.class);

    private static final String WRITTEN = "ledger: rows written";
    private static final String IN_MEMORY = "ledger: rows waiting in memory";
    private static final String IN_SPOOL = "ledger: rows waiting in the spool";
    private static final String SPOOLED = "ledger: rows spooled since the start";
    private static final String LOST = "ledger: rows lost (in the log only)";
    private static final String UNREADABLE = "ledger: unreadable lines of the spool";
    private static final String SPOOL = "ledger: spool";

    /** All keys of what is shown; docs/operations.md explains them. */
    static final List<String> SHOWN = List.of(WRITTEN, IN_MEMORY, IN_SPOOL, SPOOLED, LOST, UNREADABLE, SPOOL);

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
    Map<String, String> shown(int inMemory, Spool spool) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put(WRITTEN, String.valueOf(written.sum()));
        shown.put(IN_MEMORY, String.valueOf(inMemory));
        shown.put(IN_SPOOL, String.valueOf(spool.rows()));
        shown.put(SPOOLED, String.valueOf(spool.spooled()));
        shown.put(LOST, String.valueOf(lost.sum()));
        shown.put(UNREADABLE, String.valueOf(spool.unreadable()));
        shown.put(SPOOL, spool.isWorking() ? "can be written" : "cannot be written, see the server's log");
        return shown;
    }
}
