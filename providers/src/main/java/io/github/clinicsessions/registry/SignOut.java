package io.github.clinicsessions.registry;

import org.jspecify.annotations.Nullable;

/**
 * Sessions are to end that are not named: those of a person, or of a whole realm. One row, committed before Keycloak's
 * transaction, for what may be very many sessions; it stays until all are gone through.
 *
 * @param userId null for everybody
 * @param keptSessionId one that stays; null for none
 * @param cause by the ledger's names
 * @param signedOutAt milliseconds since the epoch; what began in a later second lives on
 * @param actorType by the ledger's names
 */
public record SignOut(
        String id,
        String realmId,
        @Nullable String userId,
        @Nullable String keptSessionId,
        String cause,
        long signedOutAt,
        String actorType,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String ipAddress) {}
