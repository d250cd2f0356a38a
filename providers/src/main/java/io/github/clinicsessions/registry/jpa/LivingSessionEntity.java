package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.LivingSession;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A row of {@code CLINIC_LIVING_SESSION}. */
@Entity
@Table(name = "CLINIC_LIVING_SESSION")
@IdClass(SessionKey.class)
class LivingSessionEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Id
    @Column(name = "SESSION_ID", updatable = false, length = 64)
    String sessionId = "";

    @Column(name = "USER_ID", nullable = false)
    String userId = "";

    @Column(name = "STARTED_AT", nullable = false)
    long startedAt;

    @Column(name = "REGISTERED_AT", nullable = false)
    long registeredAt;

    LivingSession toRecord() {
        return new LivingSession(realmId, sessionId, userId, startedAt);
    }
}
