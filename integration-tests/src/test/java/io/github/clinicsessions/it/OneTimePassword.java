package io.github.clinicsessions.it;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.representations.idm.CredentialRepresentation;

/** A person's authenticator app (RFC 6238, SHA-1, 6 digits, 30 s). */
final class OneTimePassword {

    private static final int SECONDS = 30;

    private final String secret;

    OneTimePassword(String secret) {
        this.secret = secret;
    }

    /** Gives it to the person. */
    void addTo(TestRealm realm, String username) {
        var credential = new CredentialRepresentation();
        credential.setType("otp");
        credential.setSecretData("{\"value\":\"" + secret + "\"}");
        credential.setCredentialData(
                "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
        var user = realm.user(username).toRepresentation();
        user.setCredentials(List.of(credential));
        realm.user(username).update(user);
    }

    String now() {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES)
                    .putLong(System.currentTimeMillis() / 1000 / SECONDS)
                    .array());
            var number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format("%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
