package io.github.clinicsessions.platform;

import org.jspecify.annotations.Nullable;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The key with which a realm signs what others verify by its published keys. */
public final class SigningKeys {

    private SigningKeys() {}

    /** The active key of the realm's default signature algorithm, or of RS256 where that is not asymmetric. */
    public static KeyWrapper active(KeycloakSession session, RealmModel realm) {
        String algorithm = realm.getDefaultSignatureAlgorithm();
        return session.keys()
                .getActiveKey(realm, KeyUse.SIG, isAsymmetric(session, algorithm) ? algorithm : Algorithm.RS256);
    }

    private static boolean isAsymmetric(KeycloakSession session, @Nullable String algorithm) {
        SignatureProvider provider = algorithm == null || algorithm.isEmpty()
                ? null
                : session.getProvider(SignatureProvider.class, algorithm);
        return provider != null && provider.isAsymmetricAlgorithm();
    }
}
