package io.github.clinicsessions.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** The packaged account theme and, of the stock one, what it stands on. */
final class ThemeFiles {

    static final Path ACCOUNT = Path.of("target", "classes", "theme", "clinic", "account");
    static final Path MESSAGES = ACCOUNT.resolve("messages");

    private static final String STOCK = "/theme/keycloak.v3/account/";

    private ThemeFiles() {}

    static List<Path> templates() {
        return in(ACCOUNT, ".ftl");
    }

    static List<Path> bundles() {
        return in(MESSAGES, ".properties");
    }

    /** Strict: bytes that are not UTF-8 are an error. */
    static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static Properties properties(Path file) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
        return properties;
    }

    /** Of a file with one {@code key=value} a line: every key, also those that are there twice. */
    static List<String> keys(Path bundle) {
        return Arrays.stream(text(bundle).split("\n"))
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }

    static boolean isStock(String path) {
        return ThemeFiles.class.getResource(STOCK + path) != null;
    }

    static String stock(String path) {
        try (InputStream stream =
                Objects.requireNonNull(ThemeFiles.class.getResourceAsStream(STOCK + path), "stock " + path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    static List<Path> in(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
