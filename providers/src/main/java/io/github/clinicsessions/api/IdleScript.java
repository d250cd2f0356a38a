package io.github.clinicsessions.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** The two files that applications load, as they lie in the jar; read and compressed once. */
final class IdleScript {

    /** Browsers take modules of a JavaScript type only. */
    static final IdleScript MODULE = new IdleScript("clinic-idle.js", "text/javascript");

    /** TypeScript has no registered type. */
    static final IdleScript TYPES = new IdleScript("clinic-idle.d.ts", "text/plain");

    private final String type;
    private final byte[] plain;
    private final byte[] compressed;
    private final String tag;

    private IdleScript(String name, String type) {
        this.type = type + ";charset=UTF-8";
        try (InputStream file =
                        Objects.requireNonNull(IdleScript.class.getResourceAsStream("/clinic-idle/" + name), name);
                ByteArrayOutputStream buffer = new ByteArrayOutputStream()) {
            plain = file.readAllBytes();
            try (GZIPOutputStream gzip = new GZIPOutputStream(buffer)) {
                gzip.write(plain);
            }
            compressed = buffer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        tag = Integer.toHexString(Arrays.hashCode(plain)) + "-" + plain.length;
    }

    /** With its charset. */
    String type() {
        return type;
    }

    /** The file itself. */
    byte[] plain() {
        return plain.clone();
    }

    /** The same with gzip (RFC 1952). */
    byte[] compressed() {
        return compressed.clone();
    }

    /** Changes with the content. */
    String tag() {
        return tag;
    }
}
