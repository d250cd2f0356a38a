package io.github.clinicsessions.audit.chain;

/** What can be said of a seal's signature. */
public interface SealTrust {

    /** Whether the signature is right by the public key that the seal names. */
    boolean isSigned(Seal seal);

    /** Whether that public key is one of the realm's. */
    boolean isKnown(Seal seal);
}
