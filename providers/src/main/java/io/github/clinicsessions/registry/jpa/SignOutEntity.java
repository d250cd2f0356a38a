package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.SignOut;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_SIGN_OUT}. */
@Entity
@Table(name = "CLINIC_SIGN_OUT")
class SignOutEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", nullable = false)
    String realmId = "";

    @Column(name = "USER_ID")
    @Nullable
    String userId;

    @Column(name = "KEPT_SESSION_ID", length = 64)
    @Nullable
    String keptSessionId;

    @Column(name = "CAUSE", nullable = false)
    String cause = "";

    @Column(name = "SIGNED_OUT_AT", nullable = false)
    long signedOutAt;

    @Column(name = "CLAIMED_AT", nullable = false)
    long claimedAt;

    @Column(name = "ACTOR_TYPE", nullable = false)
    String actorType = "";

    @Column(name = "ACTOR_ID")
    @Nullable
    String actorId;

    @Column(name = "ACTOR_NAME")
    @Nullable
    String actorName;

    @Column(name = "IP_ADDRESS")
    @Nullable
    String ipAddress;

    static SignOutEntity of(SignOut signOut) {
        SignOutEntity entity = new SignOutEntity();
        entity.id = signOut.id();
        entity.realmId = signOut.realmId();
        entity.userId = signOut.userId();
        entity.keptSessionId = signOut.keptSessionId();
        entity.cause = signOut.cause();
        entity.signedOutAt = signOut.signedOutAt();
        entity.claimedAt = signOut.signedOutAt();
        entity.actorType = signOut.actorType();
        entity.actorId = signOut.actorId();
        entity.actorName = signOut.actorName();
        entity.ipAddress = signOut.ipAddress();
        return entity;
    }

    SignOut toRecord() {
        return new SignOut(
                id, realmId, userId, keptSessionId, cause, signedOutAt, actorType, actorId, actorName, ipAddress);
    }
}
