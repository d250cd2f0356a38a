package io.github.clinicsessions.audit.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code CLINIC_SESSION_LEDGER} as the chain sees it: every column as text, so that a row that somebody changed to
 * a name nobody knows can still be read; only the place in the chain is written.
 */
@Entity
@Table(name = "CLINIC_SESSION_LEDGER")
class ChainedRowEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", insertable = false, updatable = false)
    String realmId = "";

    @Column(name = "CLINIC_IDS", insertable = false, updatable = false)
    @Nullable
    String clinicIds;

    @Column(name = "OCCURRED_AT", insertable = false, updatable = false)
    long occurredAt;

    @Column(name = "ACTION", insertable = false, updatable = false)
    @Nullable
    String action;

    @Column(name = "CAUSE", insertable = false, updatable = false)
    @Nullable
    String cause;

    @Column(name = "USER_ID", insertable = false, updatable = false)
    @Nullable
    String userId;

    @Column(name = "USERNAME", insertable = false, updatable = false)
    @Nullable
    String username;

    @Column(name = "SESSION_REF", insertable = false, updatable = false)
    @Nullable
    String sessionRef;

    @Column(name = "ACTOR_TYPE", insertable = false, updatable = false)
    @Nullable
    String actorType;

    @Column(name = "ACTOR_ID", insertable = false, updatable = false)
    @Nullable
    String actorId;

    @Column(name = "ACTOR_NAME", insertable = false, updatable = false)
    @Nullable
    String actorName;

    @Column(name = "DEVICE", insertable = false, updatable = false)
    @Nullable
    String device;

    @Column(name = "IP_ADDRESS", insertable = false, updatable = false)
    @Nullable
    String ipAddress;

    @Column(name = "COUNTRY", insertable = false, updatable = false)
    @Nullable
    String country;

    @Column(name = "DETAILS", insertable = false, updatable = false)
    @Nullable
    String details;

    @Column(name = "STATE", insertable = false, updatable = false)
    @Nullable
    String state;

    @Column(name = "CHAIN_SEQ")
    @Nullable
    Long chainSeq;

    @Column(name = "CHAIN_PREVIOUS", length = 64)
    @Nullable
    String chainPrevious;

    @Column(name = "CHAIN_HASH", length = 64)
    @Nullable
    String chainHash;
}
