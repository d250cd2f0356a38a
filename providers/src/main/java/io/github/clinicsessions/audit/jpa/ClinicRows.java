package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerRow;
import jakarta.persistence.EntityManager;
import java.util.Collection;

/** Keeps {@code CLINIC_LEDGER_CLINIC} in step with the ledger, in the same transaction. */
final class ClinicRows {

    private ClinicRows() {}

    static void add(EntityManager entityManager, LedgerRow row) {
        row.clinicIds().stream()
                .distinct()
                .filter(clinicId -> !clinicId.equals(row.realmId()))
                .forEach(clinicId -> {
                    LedgerClinicEntity entity = new LedgerClinicEntity();
                    entity.realmId = row.realmId();
                    entity.clinicId = clinicId;
                    entity.occurredAt = row.occurredAt();
                    entity.ledgerId = row.id();
                    entityManager.persist(entity);
                });
    }

    /** Of those rows of the ledger that have gone; as many as one list takes. */
    static void removeOrphans(EntityManager entityManager, String realmId, Collection<String> rowIds) {
        entityManager
                .createQuery("delete from LedgerClinicEntity c where c.realmId = :realmId and c.ledgerId in (:ids)"
                        + " and not exists (select 1 from SessionLedgerEntity l where l.id = c.ledgerId)")
                .setParameter("realmId", realmId)
                .setParameter("ids", rowIds)
                .executeUpdate();
    }
}
