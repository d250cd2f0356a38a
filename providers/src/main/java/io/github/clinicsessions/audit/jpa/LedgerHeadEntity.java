package io.github.clinicsessions.audit.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_LEDGER_HEAD}: where a realm's chain ends. Who extends the chain holds its lock. */
@Entity
@Table(name = "CLINIC_LEDGER_HEAD")
class LedgerHeadEntity {

    @Id
    @Column(name = "REALM_ID")
    String realmId = "";

    @Column(name = "SEQ", nullable = false)
    long seq;

    @Column(name = "HASH", length = 64)
    @Nullable
    String hash;

    @Column(name = "SEAL_NO", nullable = false)
    long sealNo;
}
