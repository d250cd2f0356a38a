package io.github.clinicsessions.audit.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that rows are being appended to. Locked, so that no other server that shares the folder takes it meanwhile. Not
 * thread-safe.
 */
final class Segment implements AutoCloseable {

    private final FileChannel channel;
    private final @Nullable FileLock lock;
    private int rows;
    private long bytes;

    private Segment(FileChannel channel, @Nullable FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws IOException also if there is a file of that name */
    static Segment create(Path file) throws IOException {
        FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            // Null would be a lock of another server on a name that has this server's random id in it.
            return new Segment(channel, channel.tryLock());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Writes lines, all of them on the disk when this returns.
     *
     * @throws IOException if they are not; the file is then cut back to what it was. It must not be appended to any more
     */
    void append(List<byte[]> lines) throws IOException {
        int size = lines.stream().mapToInt(line -> line.length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        lines.forEach(buffer::put);
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(bytes);
            throw e;
        }
        rows += lines.size();
        bytes += size;
    }

    SpoolSize size() {
        return new SpoolSize(rows, bytes);
    }

    @Override
    public void close() throws IOException {
        if (lock != null && lock.isValid()) {
            lock.release();
        }
        channel.close();
    }
}
