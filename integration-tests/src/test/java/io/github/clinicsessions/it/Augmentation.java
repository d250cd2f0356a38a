package io.github.clinicsessions.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Installs the jars into a home and runs {@code kc.sh build}, which takes half a minute and does not notice by itself
 * that nothing has changed: so a hash of jars and options is kept beside it.
 */
final class Augmentation {

    private static final Logger LOG = Logger.getLogger(Augmentation.class.getName());

    private final Path home;
    private final List<String> options;
    private final Path log;
    private final Path mark;

    Augmentation(Path home, ServerOptions server) {
        this.home = home;
        this.options = Stream.of(ServerOptions.BUILD_OPTIONS, server.build())
                .flatMap(List::stream)
                .toList();
        this.log = Project.target().resolve(server.fileName("keycloak-build", ".log"));
        this.mark = home.resolve("clinic-sessions.built");
    }

    void run() {
        try {
            var wanted = fingerprint();
            if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
                return;
            }
            LOG.info("installing the jars and augmenting Keycloak (about half a minute)");
            Files.deleteIfExists(mark);
            deleteTemporaryFiles();
            for (var jar : Project.jars()) {
                Files.copy(jar, home.resolve("providers").resolve(name(jar)), StandardCopyOption.REPLACE_EXISTING);
            }
            build();
            Files.writeString(mark, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Zipped copies of theme resources are among them, which Keycloak would go on serving when the jar is a new one. */
    private void deleteTemporaryFiles() throws IOException {
        var temporary = home.resolve("data/tmp");
        if (Files.exists(temporary)) {
            try (var files = Files.walk(temporary)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void build() throws IOException {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin/kc.sh").toString());
        command.add("build");
        command.addAll(options);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        DistributionLaunch.environment(builder);
        int status;
        try {
            status = builder.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Keycloak was built", e);
        }
        if (status != 0) {
            throw new IOException("kc.sh build ended with " + status + ":\n" + DistributionLaunch.tail(log));
        }
    }

    private String fingerprint() throws IOException {
        var digest = sha256();
        digest.update(String.join(" ", options).getBytes(StandardCharsets.UTF_8));
        for (var jar : Project.jars()) {
            if (!Files.exists(jar)) {
                throw new IOException(jar + " is missing: package the other modules first");
            }
            digest.update(name(jar).getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(jar));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
