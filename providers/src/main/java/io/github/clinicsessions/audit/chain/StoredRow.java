package io.github.clinicsessions.audit.chain;

import org.jspecify.annotations.Nullable;

/**
 * A row's columns exactly as they are stored, whatever they say: a row that somebody changed must be readable too. The
 * components are the columns, in the order in which they are hashed.
 */
public record StoredRow(
        String id,
        String realmId,
        @Nullable String clinicIds,
        long occurredAt,
        @Nullable String action,
        @Nullable String cause,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String sessionRef,
        @Nullable String actorType,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String device,
        @Nullable String ipAddress,
        @Nullable String country,
        @Nullable String details,
        @Nullable String state) {

    private static final String FORMAT = "clinic-ledger-row-1";

    /**
     * The row's hash at this place of the chain.
     *
     * @param previous the hash of the row before, null for the first row of a realm
     */
    public String hash(long seq, @Nullable String previous) {
        return new Canonical()
                .add(FORMAT)
                .add(seq)
                .add(previous)
                .add(id)
                .add(realmId)
                .add(clinicIds)
                .add(occurredAt)
                .add(action)
                .add(cause)
                .add(userId)
                .add(username)
                .add(sessionRef)
                .add(actorType)
                .add(actorId)
                .add(actorName)
                .add(device)
                .add(ipAddress)
                .add(country)
                .add(details)
                .add(state)
                .hash();
    }
}
