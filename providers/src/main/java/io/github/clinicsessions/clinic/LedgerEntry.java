package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** STUB until main has it. */
public record LedgerEntry(
        @Nullable String id,
        Instant occurredAt,
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
        Map<String, String> details) {}
