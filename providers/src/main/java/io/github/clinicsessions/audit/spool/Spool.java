package io.github.clinicsessions.audit.spool;

import io.github.clinicsessions.audit.LedgerRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait on the disk, as JSON lines in files of a folder, which several servers may share: a file's name has the
 * random id of the server that made it, and whoever appends to or reads a file holds its lock. A server that has died holds
 * none, so that the next one, or another one, takes up what it left.
 *
 * <p>Synchronisation: any thread appends; one thread retries. Reading the counts waits for nobody.
 */
public final class Spool implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Spool.class);

    /** Small files: one is read, written to the database and removed at a time. */
    private static final int ROWS_PER_FILE = 100;

    private final SpoolFolder folder;
    private final long mostBytes;
    private final Map<String, SpoolSize> closed = new HashMap<>();
    private @Nullable String currentName;
    private @Nullable Segment current;
    private volatile long rows;
    private volatile long bytes;
    private volatile long spooled;
    private volatile long unreadable;
    private volatile boolean working = true;

    /** @param mostBytes what is beyond is refused */
    public Spool(Path folder, long mostBytes) {
        this.folder = new SpoolFolder(folder);
        this.mostBytes = mostBytes;
    }

    /** Makes the folder, so that an operator hears of one that cannot be written before it is needed. */
    public void prepare() {
        try {
            working = folder.prepare();
        } catch (IOException | RuntimeException e) {
            LOG.debug("no spool folder", e);
            working = false;
        }
        if (!working) {
            LOG.warnf(
                    "clinic-sessions: the folder %s cannot be written; ledger rows that the database does not take would"
                            + " be in this log only (see docs/operations.md)",
                    folder);
        }
    }

    /**
     * Keeps rows, all of them or none; they are on the disk when this returns.
     *
     * @param more not much more than a hundred, so that files stay small
     * @return false if they could not be kept: the folder cannot be written, or the spool is full. The log says which
     */
    public synchronized boolean append(List<LedgerRow> more) {
        List<byte[]> lines = more.stream().map(SpoolLine::write).toList();
        long size = lines.stream().mapToLong(line -> line.length).sum();
        if (bytes + size > mostBytes) {
            LOG.warnf("the ledger's spool is full: %d bytes are in %s", bytes, folder);
            working = false;
            return false;
        }
        try {
            write(lines);
        } catch (IOException | RuntimeException e) {
            LOG.warnf("the ledger's spool %s cannot be written: %s", folder, e);
            working = false;
            return false;
        }
        working = true;
        spooled += more.size();
        return true;
    }

    /** How many rows wait. Those that an earlier server left count from the first look at them on. */
    public long rows() {
        return rows;
    }

    /** How many rows were ever kept since this server started. */
    public long spooled() {
        return spooled;
    }

    /** How many lines were set aside since this server started. */
    public long unreadable() {
        return unreadable;
    }

    /** Whether the folder took rows when it was last asked. */
    public boolean isWorking() {
        return working;
    }

    /** The names of all files that may be claimed, oldest first; what was being appended to is among them. */
    List<String> files() throws IOException {
        List<String> names;
        synchronized (this) {
            roll();
            names = folder.list();
            closed.keySet().retainAll(names);
            count();
        }
        names.stream().filter(name -> !isKnown(name)).forEach(this::measure);
        return names;
    }

    /** Null if another server has it, or if it is gone. Only names of {@link #files}. */
    @Nullable
    ClaimedFile claim(String name) throws IOException {
        return folder.claim(name);
    }

    /**
     * Ends a file: what is unreadable in it is set aside in a file of its name with {@code .bad}, what is left of it goes to
     * the end of the spool, then it is removed. A crash in between leaves some of it twice, and none of it out.
     */
    void replace(String name, ClaimedFile file, List<byte[]> unreadableLines, List<LedgerRow> left) throws IOException {
        if (!unreadableLines.isEmpty()) {
            setAside(name, unreadableLines);
        }
        synchronized (this) {
            if (!left.isEmpty()) {
                write(left.stream().map(SpoolLine::write).toList());
            }
            file.delete();
            closed.remove(name);
            count();
        }
    }

    @Override
    public synchronized void close() {
        try {
            roll();
        } catch (IOException e) {
            LOG.warnf("a file of the ledger's spool was not closed: %s", e);
        }
    }

    private void write(List<byte[]> lines) throws IOException {
        Segment segment = current == null ? create() : current;
        try {
            segment.append(lines);
        } catch (IOException | RuntimeException e) {
            roll(); // a line that was cut off must be the last one of its file
            throw e;
        }
        if (segment.size().rows() >= ROWS_PER_FILE) {
            roll();
        }
        count();
    }

    private Segment create() throws IOException {
        String name = folder.newName();
        Segment created = folder.create(name);
        currentName = name;
        current = created;
        return created;
    }

    private void roll() throws IOException {
        Segment segment = current;
        if (segment != null && currentName != null) {
            current = null;
            closed.put(currentName, segment.size());
            segment.close();
        }
    }

    private void measure(String name) {
        try (ClaimedFile file = claim(name)) {
            if (file != null) {
                know(name, file.read().size());
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "%s is not counted", name); // one file must not hide the others; its retry says what is wrong
        }
    }

    private synchronized boolean isKnown(String name) {
        return closed.containsKey(name);
    }

    private synchronized void know(String name, SpoolSize size) {
        closed.put(name, size);
        count();
    }

    private void count() {
        SpoolSize open = current == null ? new SpoolSize(0, 0) : current.size();
        rows = open.rows() + closed.values().stream().mapToLong(SpoolSize::rows).sum();
        bytes = open.bytes()
                + closed.values().stream().mapToLong(SpoolSize::bytes).sum();
    }

    private synchronized void setAside(String name, List<byte[]> lines) throws IOException {
        Path file = folder.setAside(name, lines);
        unreadable += lines.size();
        LOG.errorf(
                "%d line(s) of the ledger's spool are unreadable and not in the ledger; they are in %s",
                lines.size(), file);
    }
}
