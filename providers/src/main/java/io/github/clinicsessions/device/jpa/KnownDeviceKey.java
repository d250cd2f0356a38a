package io.github.clinicsessions.device.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Realm, person and device. */
final class KnownDeviceKey implements Serializable {

    private static final long serialVersionUID = 1;

    String realmId = "";
    String userId = "";
    String hash = "";

    KnownDeviceKey() {}

    KnownDeviceKey(String realmId, String userId, String hash) {
        this.realmId = realmId;
        this.userId = userId;
        this.hash = hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KnownDeviceKey key
                && realmId.equals(key.realmId)
                && userId.equals(key.userId)
                && hash.equals(key.hash);
    }

    @Override
    public int hashCode() {
        return Objects.hash(realmId, userId, hash);
    }
}
