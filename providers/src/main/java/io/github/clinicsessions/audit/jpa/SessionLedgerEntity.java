package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_SESSION_LEDGER}. */
@Entity
@Table(name = "CLINIC_SESSION_LEDGER")
class SessionLedgerEntity {

    /** How far what the row says has come. Names are stored. */
    enum State {
        PENDING,
        DONE
    }

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", nullable = false, updatable = false)
    String realmId = "";

    @Column(name = "CLINIC_IDS", updatable = false)
    @Nullable
    String clinicIds;

    @Column(name = "OCCURRED_AT", nullable = false, updatable = false)
    long occurredAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "ACTION", nullable = false, updatable = false, columnDefinition = "VARCHAR(32)")
    LedgerAction action = LedgerAction.SESSION_ENDED;

    @Enumerated(EnumType.STRING)
    @Column(name = "CAUSE", updatable = false, columnDefinition = "VARCHAR(32)")
    @Nullable
    EndCause cause;

    @Column(name = "USER_ID", nullable = false, updatable = false)
    String userId = "";

    @Column(name = "USERNAME", updatable = false)
    @Nullable
    String username;

    @Column(name = "SESSION_REF", updatable = false)
    @Nullable
    String sessionRef;

    @Enumerated(EnumType.STRING)
    @Column(name = "ACTOR_TYPE", nullable = false, updatable = false, columnDefinition = "VARCHAR(16)")
    Actor.Type actorType = Actor.Type.SYSTEM;

    @Column(name = "ACTOR_ID", updatable = false)
    @Nullable
    String actorId;

    @Column(name = "ACTOR_NAME", updatable = false)
    @Nullable
    String actorName;

    @Column(name = "DEVICE", updatable = false)
    @Nullable
    String device;

    @Column(name = "IP_ADDRESS", updatable = false)
    @Nullable
    String ipAddress;

    @Column(name = "COUNTRY", updatable = false)
    @Nullable
    String country;

    @Column(name = "DETAILS", updatable = false)
    @Nullable
    String details;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATE", nullable = false, columnDefinition = "VARCHAR(16)")
    State state = State.DONE;
}
