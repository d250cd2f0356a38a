package io.github.clinicsessions.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Logger;

/**
 * The folder a server is started from. Maven has unpacked the distribution; servers with options of their own for the
 * build get a copy of it. The jars are installed and the server is augmented only when they, or the options, have changed.
 */
final class Home {

    private static final Logger LOG = Logger.getLogger(Home.class.getName());

    private final ServerOptions options;

    Home(ServerOptions options) {
        this.options = options;
    }

    /** Ready for {@code kc.sh start --optimized}. Homes are all JVMs', and prepared by one at a time. */
    Path prepared() {
        var mark = Project.target().resolve("keycloak-homes.lock");
        try (var file = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = file.lock()) {
            LOG.fine(() -> "preparing under " + lock);
            return prepare();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path prepare() {
        var unpacked = Project.target().resolve(ServerOptions.STANDARD.homeName());
        if (!Files.isExecutable(unpacked.resolve("bin/kc.sh"))) {
            throw new IllegalStateException(
                    unpacked + " is missing: run `mvn pre-integration-test` (or `bin/test`) first");
        }
        var home = Project.target().resolve(options.homeName());
        if (!Files.exists(home)) {
            copy(unpacked, home);
        }
        new Augmentation(home, options).run();
        return home;
    }

    /** With the files' times: by them Keycloak sees whether a jar is newer than its build. */
    private static void copy(Path from, Path to) {
        var part = to.resolveSibling(to.getFileName() + ".part"); // what is interrupted must not be taken for a home
        try {
            run("rm", "-rf", part.toString());
            run("cp", "-a", from.toString(), part.toString());
            Files.move(part, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) throws IOException {
        try {
            var status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + String.join(" ", command), e);
        }
    }
}
