package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.EndedSession;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_ENDED_SESSION}. */
@Entity
@Table(name = "CLINIC_ENDED_SESSION")
@IdClass(EndedSessionEntity.Key.class)
class EndedSessionEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Id
    @Column(name = "SESSION_ID", updatable = false, length = 64)
    String sessionId = "";

    @Id
    @Column(name = "STARTED_AT", updatable = false)
    long startedAt;

    @Column(name = "USER_ID", nullable = false, updatable = false)
    String userId = "";

    @Column(name = "LEDGER_ROW_ID", nullable = false, updatable = false, length = 36)
    String ledgerRowId = "";

    @Column(name = "TERMINATION_ID", nullable = false, updatable = false, length = 36)
    String terminationId = "";

    @Column(name = "INTENDED_AT", nullable = false, updatable = false)
    long intendedAt;

    @Column(name = "ENDED_AT")
    @Nullable
    Long endedAt;

    @Column(name = "SEQ")
    @Nullable
    Long seq;

    @Column(name = "KEPT_UNTIL", nullable = false)
    long keptUntil;

    static EndedSessionEntity of(EndedSession ended) {
        EndedSessionEntity entity = new EndedSessionEntity();
        entity.realmId = ended.realmId();
        entity.sessionId = ended.sessionId();
        entity.startedAt = ended.startedAt();
        entity.userId = ended.userId();
        entity.ledgerRowId = ended.ledgerRowId();
        entity.terminationId = ended.terminationId();
        entity.intendedAt = ended.intendedAt();
        entity.keptUntil = Long.MAX_VALUE;
        return entity;
    }

    EndedSession toRecord() {
        return new EndedSession(
                realmId, sessionId, startedAt, userId, ledgerRowId, terminationId, intendedAt, endedAt != null);
    }

    /** Realm, session id and start. */
    static final class Key implements Serializable {

        private static final long serialVersionUID = 1;

        String realmId = "";
        String sessionId = "";
        long startedAt;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && realmId.equals(key.realmId)
                    && sessionId.equals(key.sessionId)
                    && startedAt == key.startedAt;
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, sessionId, startedAt);
        }
    }
}
