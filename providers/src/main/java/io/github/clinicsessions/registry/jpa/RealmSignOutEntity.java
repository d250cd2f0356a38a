package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.RealmSignOut;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_REALM_SIGN_OUT}. */
@Entity
@Table(name = "CLINIC_REALM_SIGN_OUT")
class RealmSignOutEntity {

    @Id
    @Column(name = "ID", length = 36)
    String id = "";

    @Column(name = "REALM_ID", nullable = false)
    String realmId = "";

    @Column(name = "SIGNED_OUT_AT", nullable = false)
    long signedOutAt;

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

    static RealmSignOutEntity of(RealmSignOut signOut) {
        RealmSignOutEntity entity = new RealmSignOutEntity();
        entity.id = signOut.id();
        entity.realmId = signOut.realmId();
        entity.signedOutAt = signOut.signedOutAt();
        entity.actorType = signOut.actorType();
        entity.actorId = signOut.actorId();
        entity.actorName = signOut.actorName();
        entity.ipAddress = signOut.ipAddress();
        return entity;
    }

    RealmSignOut toRecord() {
        return new RealmSignOut(id, realmId, signedOutAt, actorType, actorId, actorName, ipAddress);
    }
}
