package io.github.clinicsessions.audit.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the spool and the names in it. A name has the time when the file was made, so that the order of names is the
 * order of files, and the random id of its server.
 */
final class SpoolFolder {

    private static final String ENDING = ".jsonl";
    private static final String UNREADABLE = ".bad";

    private final Path path;
    private final String server = UUID.randomUUID().toString();
    private final AtomicInteger made = new AtomicInteger();

    SpoolFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder; whether it can be written. */
    boolean prepare() throws IOException {
        OwnerOnly.createFolder(path);
        return Files.isWritable(path);
    }

    /** A name that no other file has. */
    String newName() {
        return String.format(
                "rows-%013d-%s-%06d%s", System.currentTimeMillis(), server, made.getAndIncrement(), ENDING);
    }

    Segment create(String name) throws IOException {
        OwnerOnly.createFolder(path);
        Segment created = Segment.create(path.resolve(name));
        OwnerOnly.syncFolder(path);
        return created;
    }

    /** The names of all files with rows, oldest first. */
    List<String> list() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    /** See {@link ClaimedFile#claim}. */
    @Nullable
    ClaimedFile claim(String name) throws IOException {
        return ClaimedFile.claim(path.resolve(name));
    }

    /** Keeps unreadable lines of a file beside it; the path of the file that has them. */
    Path setAside(String name, List<byte[]> lines) throws IOException {
        Path file = path.resolve(name + UNREADABLE);
        try (FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (byte[] line : lines) {
                channel.write(ByteBuffer.wrap(line));
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            channel.force(true);
        }
        OwnerOnly.syncFolder(path);
        return file;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
