package io.github.clinicsessions.audit.chain;

import org.jspecify.annotations.Nullable;

/**
 * A signed statement about a realm's chain.
 *
 * @param no 1 for the realm's first seal, without gaps
 * @param kind {@link #ROWS} or {@link #CUT}; as stored, so anything if somebody changed it
 * @param fromSeq the first row that it is about; {@code uptoSeq + 1} if there is no new row, which hands over to a new key
 * @param uptoSeq the last row that it is about
 * @param hash the chain's hash at {@code uptoSeq}, null while the chain has no row
 * @param sealedAt milliseconds since the epoch
 * @param previous {@link #fingerprint} of the seal before; null for the first one, and where the seal before could not be
 *     trusted when this one was made
 * @param publicKey base64 of the key's {@code SubjectPublicKeyInfo}, so that a seal outlives its key in the realm
 * @param signature base64, as the algorithm's JWS signature is
 */
public record Seal(
        String realmId,
        long no,
        String kind,
        long fromSeq,
        long uptoSeq,
        @Nullable String hash,
        long sealedAt,
        @Nullable String previous,
        String keyId,
        String algorithm,
        String publicKey,
        String signature) {

    private static final String FORMAT = "clinic-ledger-seal-1";

    /** {@link #kind}: its rows are the chain. Stored: never renamed. */
    public static final String ROWS = "ROWS";

    /** {@link #kind}: retention has taken its rows out, the chain begins after {@link #uptoSeq}. Stored: never renamed. */
    public static final String CUT = "CUT";

    /** What is signed: everything but the signature. */
    public byte[] signedBytes() {
        return content().toBytes();
    }

    /** The seal's own hash, signature included. */
    public String fingerprint() {
        return content().add(signature).hash();
    }

    /** The same with its signature. */
    Seal signed(String newSignature) {
        return new Seal(
                realmId,
                no,
                kind,
                fromSeq,
                uptoSeq,
                hash,
                sealedAt,
                previous,
                keyId,
                algorithm,
                publicKey,
                newSignature);
    }

    private Canonical content() {
        return new Canonical()
                .add(FORMAT)
                .add(realmId)
                .add(no)
                .add(kind)
                .add(fromSeq)
                .add(uptoSeq)
                .add(hash)
                .add(sealedAt)
                .add(previous)
                .add(keyId)
                .add(algorithm)
                .add(publicKey);
    }
}
