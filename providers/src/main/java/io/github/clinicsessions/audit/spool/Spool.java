package io.github.clinicsessions.audit.spool;

import io.github.clinicsessions.audit.LedgerRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
    private static final String ENDING = ".jsonl";
    private static final String UNREADABLE = ".bad";

    /** Small files: one is read, written to the database and removed at a time. */
    private static final int ROWS_PER_FILE = 100;

    private final Path folder;
    private final long mostBytes;
    private final String server = UUID.randomUUID().toString();
    private final Map<String, SpoolSize> closed = new HashMap<>();
    private @Nullable String currentName;
    private @Nullable Segment current;
    private int made;
    private volatile long rows;
    private volatile long bytes;
    private volatile long spooled;
    private volatile long unreadable;
    private volatile boolean working = true;

    /** @param mostBytes what is beyond is refused */
    public Spool(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** Makes the folder, so that an operator hears of one that cannot be written before it is needed. */
    public void prepare() {
        try {
            OwnerOnly.createFolder(folder);
            working = Files.isWritable(folder);
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
            names = list();
            closed.keySet().retainAll(names);
            count();
        }
        for (String name : names) {
            if (!isKnown(name)) {
                try (ClaimedFile file = claim(name)) {
                    if (file != null) {
                        know(name, file.read().size());
                    }
                }
            }
        }
        return names;
    }

    /** Null if another server has it, or if it is gone. Only names of {@link #files}. */
    @Nullable
    ClaimedFile claim(String name) throws IOException {
        return ClaimedFile.claim(folder.resolve(name));
    }

    /**
     * Ends a file: what is unreadable in it is set aside in a file of its name with {@code .bad}, what is left of it goes to
     * the end of the spool, then it is removed. A crash in between leaves some of it twice, and none of it out.
     */
    void replace(String name, ClaimedFile file, List<byte[]> unreadableLines, List<LedgerRow> left) throws IOException {
        if (!unreadableLines.isEmpty()) {
            setAside(name + UNREADABLE, unreadableLines);
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
        OwnerOnly.createFolder(folder);
        String name = String.format("rows-%013d-%s-%06d%s", System.currentTimeMillis(), server, made++, ENDING);
        Segment created = Segment.create(folder.resolve(name));
        OwnerOnly.syncFolder(folder);
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

    private List<String> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .sorted()
                    .toList();
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
        try (FileChannel channel =
                OwnerOnly.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (byte[] line : lines) {
                channel.write(ByteBuffer.wrap(line));
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            channel.force(true);
        }
        OwnerOnly.syncFolder(folder);
        unreadable += lines.size();
        LOG.errorf(
                "%d line(s) of the ledger's spool are unreadable and not in the ledger; they are in %s",
                lines.size(), folder.resolve(name));
    }
}
