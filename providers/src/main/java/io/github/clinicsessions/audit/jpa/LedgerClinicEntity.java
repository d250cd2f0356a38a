package io.github.clinicsessions.audit.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code CLINIC_LEDGER_CLINIC}: that a row of the ledger names this clinic. Only of clinics that are organizations; a
 * realm-wide clinic has all rows that name the realm.
 */
@Entity
@Table(name = "CLINIC_LEDGER_CLINIC")
@IdClass(LedgerClinicEntity.Key.class)
class LedgerClinicEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Id
    @Column(name = "CLINIC_ID", updatable = false)
    String clinicId = "";

    @Id
    @Column(name = "OCCURRED_AT", updatable = false)
    long occurredAt;

    @Id
    @Column(name = "LEDGER_ID", length = 36, updatable = false)
    String ledgerId = "";

    /** All of it. */
    static final class Key implements Serializable {

        private static final long serialVersionUID = 1;

        String realmId = "";
        String clinicId = "";
        long occurredAt;
        String ledgerId = "";

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && realmId.equals(key.realmId)
                    && clinicId.equals(key.clinicId)
                    && occurredAt == key.occurredAt
                    && ledgerId.equals(key.ledgerId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, clinicId, occurredAt, ledgerId);
        }
    }
}
