package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger. Time is ISO-8601, UTC. Of a masked one nothing is left but when, what, why and who did it, and that
 * only where it does not name the person.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AuditRepresentation(
        @Nullable String id,
        String occurredAt,
        LedgerAction action,
        @Nullable EndCause cause,
        boolean masked,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String sessionRef,
        Actor.Type actorType,
        @Nullable String actorId,
        @Nullable String actorName,
        @Nullable String device,
        @Nullable String ipAddress,
        @Nullable String country,
        @Nullable Map<String, String> details) {

    static AuditRepresentation of(LedgerEntry entry) {
        return new AuditRepresentation(
                entry.id(),
                when(entry),
                entry.action(),
                entry.cause(),
                entry.masked(),
                entry.userId(),
                entry.username(),
                entry.sessionRef(),
                entry.actor().type(),
                entry.actor().id(),
                entry.actor().name(),
                entry.device(),
                entry.ipAddress(),
                entry.country(),
                entry.masked() ? null : entry.details());
    }

    /** A masked row has the day only. */
    private static String when(LedgerEntry entry) {
        Instant at = Instant.ofEpochMilli(entry.occurredAt());
        return entry.masked() ? LocalDate.ofInstant(at, ZoneOffset.UTC).toString() : at.toString();
    }
}
