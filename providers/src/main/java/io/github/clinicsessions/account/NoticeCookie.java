package io.github.clinicsessions.account;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/**
 * Carries a notice over the redirect after a POST, once. Authenticated with the sign-in's own secret, so that nobody can
 * make a page claim what did not happen.
 */
final class NoticeCookie {

    private static final String NAME = "CLINIC_NOTICE";
    private static final int SECONDS = 60;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final KeycloakSession session;
    private final String path;

    /** @param path the pages that may read it */
    NoticeCookie(KeycloakSession session, String path) {
        this.session = session;
        this.path = path;
    }

    void set(Notice notice, SignedIn signedIn) {
        String payload = notice.kind().name()
                + "\n" + (notice.count() == null ? "" : notice.count())
                + "\n" + (notice.receiptId() == null ? "" : notice.receiptId())
                + "\n" + (notice.label() == null ? "" : notice.label());
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        write(ENCODER.encodeToString(bytes) + "." + ENCODER.encodeToString(mac(bytes, signedIn)), SECONDS);
    }

    /** Takes the notice away; null if there is none or it is not genuine. */
    @Nullable
    Notice take(SignedIn signedIn) {
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(NAME);
        if (cookie == null) {
            return null;
        }
        write("", 0);
        String[] parts = cookie.getValue().split("\\.", -1);
        if (parts.length != 2) {
            return null;
        }
        try {
            byte[] bytes = DECODER.decode(parts[0]);
            return MessageDigest.isEqual(mac(bytes, signedIn), DECODER.decode(parts[1])) ? parse(bytes) : null;
        } catch (IllegalArgumentException e) {
            return null; // not Base64
        }
    }

    private static Notice parse(byte[] bytes) {
        String[] fields = new String(bytes, StandardCharsets.UTF_8).split("\n", 4);
        return new Notice(
                Notice.Kind.valueOf(fields[0]),
                fields[3].isEmpty() ? null : fields[3],
                fields[1].isEmpty() ? null : Integer.valueOf(fields[1]),
                fields[2].isEmpty() ? null : fields[2]);
    }

    private static byte[] mac(byte[] payload, SignedIn signedIn) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec((NAME + signedIn.stateChecker()).getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private void write(String value, int seconds) {
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(NAME)
                        .value(value)
                        .path(path)
                        .maxAge(seconds)
                        .httpOnly(true)
                        .secure(isHttps())
                        .sameSite(NewCookie.SameSite.STRICT)
                        .build());
    }

    private boolean isHttps() {
        return "https".equals(session.getContext().getUri().getBaseUri().getScheme());
    }
}
