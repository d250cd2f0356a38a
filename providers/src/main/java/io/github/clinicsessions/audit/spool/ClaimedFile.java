package io.github.clinicsessions.audit.spool;

import io.github.clinicsessions.audit.LedgerRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A file that nobody appends to any more, locked for whoever claimed it. The lock goes with {@link #close}. */
final class ClaimedFile implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClaimedFile.class);

    private final Path file;
    private final FileChannel channel;

    private ClaimedFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Null if another server has it, or if it is gone. Never to be called for a file that this very server appends to: with
     * POSIX locks, closing a second channel would take the first one's lock away.
     */
    static @Nullable ClaimedFile claim(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return null;
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null && Files.exists(file)) {
                return new ClaimedFile(file, channel);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debugf("%s is in use within this server", file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** All lines, in order. A last line without a line break counts if it is whole. */
    Contents read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        channel.position(0);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is all there
        }
        byte[] all = Arrays.copyOf(buffer.array(), buffer.position());
        List<LedgerRow> rows = new ArrayList<>();
        List<byte[]> unreadable = new ArrayList<>();
        for (int from = 0, to; from < all.length; from = to + 1) {
            to = from;
            while (to < all.length && all[to] != '\n') {
                to++;
            }
            byte[] line = Arrays.copyOfRange(all, from, to);
            try {
                rows.add(SpoolLine.read(line));
            } catch (IOException e) {
                LOG.debugf("unreadable line in %s: %s", file, e.getClass());
                unreadable.add(line);
            }
        }
        return new Contents(rows, unreadable, all.length);
    }

    /** Removes the file. */
    void delete() throws IOException {
        Files.delete(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * What is in a file.
     *
     * @param unreadable lines that are no rows, without their line breaks: cut off by a crash, or not ours
     */
    record Contents(List<LedgerRow> rows, List<byte[]> unreadable, long bytes) {

        SpoolSize size() {
            return new SpoolSize(rows.size(), bytes);
        }
    }
}
