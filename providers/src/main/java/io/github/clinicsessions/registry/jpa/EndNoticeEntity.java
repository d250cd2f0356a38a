package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.EndNotice;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_END_NOTICE}. */
@Entity
@Table(name = "CLINIC_END_NOTICE")
class EndNoticeEntity {

    @Id
    @Column(name = "ID", updatable = false, length = 36)
    String id = "";

    @Column(name = "REALM_ID", nullable = false, updatable = false)
    String realmId = "";

    @Column(name = "TERMINATION_ID", nullable = false, updatable = false, length = 36)
    String terminationId = "";

    @Column(name = "SESSION_REF", nullable = false, updatable = false, length = 64)
    String sessionRef = "";

    @Column(name = "USER_ID", nullable = false, updatable = false)
    String userId = "";

    @Column(name = "CLIENT", updatable = false)
    @Nullable
    String client;

    @Column(name = "CLIENT_ID", updatable = false)
    @Nullable
    String clientId;

    @Column(name = "STATE", nullable = false, length = 16)
    @Enumerated(EnumType.STRING)
    EndNotice.State state = EndNotice.State.WAITING;

    @Column(name = "CLAIMS")
    @Nullable
    String claims;

    @Column(name = "ATTEMPTS", nullable = false)
    int attempts;

    /** Null for what is not tried (any more), or not before the session's end is complete. */
    @Column(name = "NEXT_ATTEMPT_AT")
    @Nullable
    Long nextAttemptAt;

    /** Of the last attempt: a status of HTTP, or what kept it from getting one. */
    @Column(name = "OUTCOME", length = 64)
    @Nullable
    String outcome;

    @Column(name = "ENDED_AT")
    @Nullable
    Long endedAt;

    @Column(name = "ANSWERED_AT")
    @Nullable
    Long answeredAt;

    @Column(name = "REFUSES_BY", nullable = false)
    long refusesBy;

    @Column(name = "KEPT_UNTIL", nullable = false)
    long keptUntil;

    static EndNoticeEntity of(EndNotice notice, long keptUntil) {
        EndNoticeEntity entity = new EndNoticeEntity();
        entity.id = notice.id();
        entity.realmId = notice.realmId();
        entity.terminationId = notice.terminationId();
        entity.sessionRef = notice.sessionRef();
        entity.userId = notice.userId();
        entity.client = notice.client();
        entity.clientId = notice.clientId();
        entity.state = notice.state();
        entity.claims = notice.claims();
        entity.attempts = notice.attempts();
        entity.endedAt = notice.endedAt();
        entity.answeredAt = notice.answeredAt();
        entity.refusesBy = notice.refusesBy();
        entity.keptUntil = keptUntil;
        return entity;
    }

    EndNotice toRecord() {
        return new EndNotice(
                id,
                realmId,
                terminationId,
                sessionRef,
                userId,
                client,
                clientId,
                state,
                claims,
                attempts,
                endedAt,
                answeredAt,
                refusesBy);
    }
}
