package io.github.clinicsessions.audit.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_LEDGER_SEAL}. Never updated. */
@Entity
@Table(name = "CLINIC_LEDGER_SEAL")
@IdClass(LedgerSealEntity.Key.class)
class LedgerSealEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Id
    @Column(name = "SEAL_NO", updatable = false)
    long sealNo;

    @Column(name = "KIND", nullable = false, updatable = false)
    String kind = "";

    @Column(name = "FROM_SEQ", nullable = false, updatable = false)
    long fromSeq;

    @Column(name = "UPTO_SEQ", nullable = false, updatable = false)
    long uptoSeq;

    @Column(name = "HASH", length = 64, updatable = false)
    @Nullable
    String hash;

    @Column(name = "SEALED_AT", nullable = false, updatable = false)
    long sealedAt;

    @Column(name = "PREVIOUS_SEAL", length = 64, updatable = false)
    @Nullable
    String previousSeal;

    @Column(name = "KEY_ID", nullable = false, updatable = false)
    String keyId = "";

    @Column(name = "ALGORITHM", nullable = false, updatable = false)
    String algorithm = "";

    @Column(name = "PUBLIC_KEY", nullable = false, updatable = false)
    String publicKey = "";

    @Column(name = "SIGNATURE", nullable = false, updatable = false)
    String signature = "";

    /** Realm and number. */
    static final class Key implements Serializable {

        private static final long serialVersionUID = 1;

        String realmId = "";
        long sealNo;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && realmId.equals(key.realmId) && sealNo == key.sealNo;
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, sealNo);
        }
    }
}
