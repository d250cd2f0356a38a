package io.github.clinicsessions.registry.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Realm and session id. */
final class SessionKey implements Serializable {

    private static final long serialVersionUID = 1;

    String realmId = "";
    String sessionId = "";

    SessionKey() {}

    SessionKey(String realmId, String sessionId) {
        this.realmId = realmId;
        this.sessionId = sessionId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionKey key && realmId.equals(key.realmId) && sessionId.equals(key.sessionId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(realmId, sessionId);
    }
}
