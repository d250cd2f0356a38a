package io.github.clinicsessions.registry.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code CLINIC_IDLE_HEAD}: by which rules a realm's sessions were last looked at. */
@Entity
@Table(name = "CLINIC_IDLE_HEAD")
class IdleHeadEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Column(name = "REVISION", nullable = false, length = 64)
    String revision = "";
}
