package io.github.clinicsessions.registry;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A human was there, as far as is known.
 *
 * @param at milliseconds since the epoch
 * @param clientId Keycloak's id of the client whose refreshes tell nothing from now on; null if the report switches none over
 */
public record Beat(
        String realmId, String sessionId, long at, @Nullable String clientId) {

    /** What is known of the session by this alone. */
    public SessionActivity activity() {
        return new SessionActivity(at, clientId == null ? Set.of() : Set.of(clientId));
    }
}
