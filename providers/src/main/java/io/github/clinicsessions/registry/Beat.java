package io.github.clinicsessions.registry;

import org.jspecify.annotations.Nullable;

/**
 * A human was there.
 *
 * @param at milliseconds since the epoch
 * @param clientId Keycloak's id of the client whose refreshes tell nothing from now on; null if the report switches none over
 */
public record Beat(
        String realmId, String sessionId, long at, @Nullable String clientId) {}
