package io.github.clinicsessions.session;

import io.github.clinicsessions.timeout.TimeoutPolicyProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A text that is another one whenever sessions of a realm may be over at another time than before. */
final class IdleRevision {

    private IdleRevision() {}

    /** 64 hexadecimal digits, of the policy's rules and Keycloak's own idle time-outs. */
    static String of(KeycloakSession session, RealmModel realm) {
        String text = session.getProvider(TimeoutPolicyProvider.class).revision(realm)
                + ' '
                + realm.getSsoSessionIdleTimeout()
                + ' '
                + realm.getSsoSessionIdleTimeoutRememberMe()
                + ' '
                + realm.isRememberMe();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
