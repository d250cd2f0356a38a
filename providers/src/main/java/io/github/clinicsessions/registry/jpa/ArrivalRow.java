package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionArrival;
import org.jspecify.annotations.Nullable;

/** What a query selects of a registered session. */
record ArrivalRow(
        String sessionId,
        long startedAt,
        String realmId,
        String userId,
        @Nullable String deviceId,
        @Nullable String country,
        @Nullable String marks) {

    LivingSession session() {
        return new LivingSession(realmId, sessionId, userId, startedAt);
    }

    SessionArrival arrival() {
        return LivingSessionEntity.arrival(deviceId, country, marks);
    }
}
