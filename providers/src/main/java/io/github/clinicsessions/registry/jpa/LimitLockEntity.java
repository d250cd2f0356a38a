package io.github.clinicsessions.registry.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code CLINIC_LIMIT_LOCK}: nothing but something to lock. */
@Entity
@Table(name = "CLINIC_LIMIT_LOCK")
class LimitLockEntity {

    @Id
    @Column(name = "STRIPE", updatable = false)
    int stripe;
}
