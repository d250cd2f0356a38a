package io.github.clinicsessions.device.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Realm and person. */
final class KnownPersonKey implements Serializable {

    private static final long serialVersionUID = 1;

    String realmId = "";
    String userId = "";

    KnownPersonKey() {}

    KnownPersonKey(String realmId, String userId) {
        this.realmId = realmId;
        this.userId = userId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KnownPersonKey key && realmId.equals(key.realmId) && userId.equals(key.userId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(realmId, userId);
    }
}
