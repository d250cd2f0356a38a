package io.github.clinicsessions.audit.chain;

import io.github.clinicsessions.platform.SigningKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Signs and checks seals with a realm's keys, see {@link SigningKeys}. Made per check or seal. */
final class RealmKeys implements SealTrust {

    private static final Logger LOG = Logger.getLogger(RealmKeys.class);
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Set<String> known;

    RealmKeys(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.known = session.keys()
                .getKeysStream(realm)
                .map(KeyWrapper::getPublicKey)
                .filter(Objects::nonNull)
                .map(key -> BASE64.encodeToString(key.getEncoded()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The public key that signs now, as it stands in {@link Seal#publicKey}. */
    String activePublicKey() {
        return publicKey(activeKey());
    }

    /** A seal with this realm's key and signature. */
    Seal sign(
            long no,
            String kind,
            long fromSeq,
            long uptoSeq,
            @Nullable String hash,
            long sealedAt,
            @Nullable String previous) {
        KeyWrapper key = activeKey();
        Seal unsigned = new Seal(
                realm.getId(),
                no,
                kind,
                fromSeq,
                uptoSeq,
                hash,
                sealedAt,
                previous,
                key.getKid(),
                key.getAlgorithmOrDefault(),
                publicKey(key),
                "");
        byte[] signature = provider(key.getAlgorithmOrDefault()).signer(key).sign(unsigned.signedBytes());
        return unsigned.signed(BASE64.encodeToString(signature));
    }

    @Override
    public boolean isKnown(Seal seal) {
        return known.contains(seal.publicKey());
    }

    @Override
    public boolean isSigned(Seal seal) {
        try {
            SignatureProvider provider = session.getProvider(SignatureProvider.class, seal.algorithm());
            if (provider == null || !provider.isAsymmetricAlgorithm()) {
                return false;
            }
            byte[] signature = Base64.getDecoder().decode(seal.signature());
            return provider.verifier(wrap(seal)).verify(seal.signedBytes(), signature);
        } catch (VerificationException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.debugf(e, "seal %d of realm %s", seal.no(), seal.realmId());
            return false;
        }
    }

    private static KeyWrapper wrap(Seal seal) throws GeneralSecurityException {
        String type = seal.algorithm().startsWith("ES")
                ? KeyType.EC
                : Algorithm.EdDSA.equals(seal.algorithm()) ? KeyType.OKP : KeyType.RSA;
        PublicKey publicKey = KeyFactory.getInstance(KeyType.OKP.equals(type) ? "EdDSA" : type)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(seal.publicKey())));
        KeyWrapper key = new KeyWrapper();
        key.setKid(seal.keyId());
        key.setAlgorithm(seal.algorithm());
        key.setType(type);
        key.setUse(KeyUse.SIG);
        key.setPublicKey(publicKey);
        if (publicKey instanceof java.security.interfaces.EdECKey edward) {
            key.setCurve(edward.getParams().getName());
        }
        return key;
    }

    private KeyWrapper activeKey() {
        return SigningKeys.active(session, realm);
    }

    private SignatureProvider provider(String algorithm) {
        return session.getProvider(SignatureProvider.class, algorithm);
    }

    private static String publicKey(KeyWrapper key) {
        return BASE64.encodeToString(key.getPublicKey().getEncoded());
    }
}
