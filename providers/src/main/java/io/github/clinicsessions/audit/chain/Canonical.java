package io.github.clinicsessions.audit.chain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Fields as bytes, so that no two different lists of fields are the same bytes: each is its length in UTF-8 bytes in
 * decimal, a colon and the bytes; null is a single {@code -}. Not thread-safe.
 */
final class Canonical {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    Canonical add(@Nullable String field) {
        if (field == null) {
            bytes.write('-');
            return this;
        }
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes((text.length + ":").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(text);
        return this;
    }

    /** In decimal. */
    Canonical add(long field) {
        return add(Long.toString(field));
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** SHA-256, 64 hexadecimal digits. */
    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
