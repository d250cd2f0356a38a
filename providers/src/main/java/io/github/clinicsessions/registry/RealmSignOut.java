package io.github.clinicsessions.registry;

import org.jspecify.annotations.Nullable;

/**
 * Somebody has signed out a whole realm: one row for what may be very many sessions, until they are gone through.
 *
 * @param signedOutAt milliseconds since the epoch; what began later lives on
 * @param actorType by the ledger's names
 */
public record RealmSignOut(
        String id,
        String realmId,
        long signedOutAt,
        String actorType,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String ipAddress) {}
