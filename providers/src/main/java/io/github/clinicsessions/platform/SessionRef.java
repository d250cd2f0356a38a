package io.github.clinicsessions.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How a session is named where its id must not stand: a raw id is as good as a part of a credential, so the ledger keeps
 * its SHA-256 only.
 */
public final class SessionRef {

    /** Longest id that is looked up. Keycloak's own are 24 (26.x) or 36 (older) characters. */
    public static final int MAX_ID_LENGTH = 64;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1," + MAX_ID_LENGTH + "}");

    private SessionRef() {}

    /** 64 hexadecimal digits. */
    public static String of(String sessionId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether the text can be a session's id at all: 1 to {@value #MAX_ID_LENGTH} letters, digits, {@code _ . -}. */
    public static boolean isWellFormedId(String text) {
        return ID.matcher(text).matches();
    }
}
