package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.SessionRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param id a UUID, chosen by whoever makes the row, so that a retry cannot write it twice
 * @param clinicIds the person's clinics at that time
 * @param occurredAt milliseconds since the epoch
 * @param cause only for {@link LedgerAction#SESSION_ENDED}
 * @param userId whose session; of {@link LedgerAction#SETTING_CHANGED} the id of whoever acted, {@link #NOBODY} if that is
 *     not known
 * @param username null where it is not known yet; the writer looks it up
 * @param sessionRef see {@link SessionRef}
 * @param device the label that people saw, such as "Chrome on macOS"
 * @param ipAddress the session's address, parsed (never what a header said)
 * @param details small facts, stored as a JSON object
 */
public record LedgerRow(
        String id,
        String realmId,
        List<String> clinicIds,
        long occurredAt,
        LedgerAction action,
        @Nullable EndCause cause,
        String userId,
        @Nullable String username,
        @Nullable String sessionRef,
        Actor actor,
        @Nullable String device,
        @Nullable String ipAddress,
        @Nullable String country,
        Map<String, String> details) {

    /** In place of a user's id. Not the empty string: Oracle would take that for null. */
    public static final String NOBODY = "-";

    private static final long MILLIS_OF_HOUR = 60 * 60 * 1_000L;

    /** A person's own session began, or was first seen; {@code occurredAt} is when it began. */
    public static LedgerRow started(
            String realmId,
            long occurredAt,
            String userId,
            @Nullable String username,
            String sessionId,
            Actor actor,
            @Nullable String device,
            @Nullable String ipAddress,
            Map<String, String> details) {
        return new LedgerRow(
                UUID.randomUUID().toString(),
                realmId,
                List.of(),
                occurredAt,
                LedgerAction.SESSION_STARTED,
                null,
                userId,
                username,
                SessionRef.of(sessionId),
                actor,
                device,
                ipAddress,
                null,
                details);
    }

    /** A session ended. */
    public static LedgerRow ended(
            String realmId,
            long occurredAt,
            String userId,
            @Nullable String username,
            String sessionId,
            EndCause cause,
            Actor actor,
            @Nullable String device,
            @Nullable String ipAddress,
            Map<String, String> details) {
        return new LedgerRow(
                UUID.randomUUID().toString(),
                realmId,
                List.of(),
                occurredAt,
                LedgerAction.SESSION_ENDED,
                cause,
                userId,
                username,
                SessionRef.of(sessionId),
                actor,
                device,
                ipAddress,
                null,
                details);
    }

    /** A setting was changed, by somebody or by a rule. */
    public static LedgerRow settingChanged(
            String realmId,
            List<String> clinicIds,
            long occurredAt,
            Actor actor,
            @Nullable String ipAddress,
            Map<String, String> details) {
        return new LedgerRow(
                UUID.randomUUID().toString(),
                realmId,
                clinicIds,
                occurredAt,
                LedgerAction.SETTING_CHANGED,
                null,
                actor.id() == null ? NOBODY : actor.id(),
                actor.name(),
                null,
                actor,
                null,
                ipAddress,
                null,
                details);
    }

    /**
     * Somebody looked at a person's sessions. At most one per viewer, person and hour (of UTC): the id is made of these, and
     * the ledger writes no id twice.
     */
    public static LedgerRow viewed(
            String realmId, long occurredAt, String userId, @Nullable String username, DoneBy by) {
        String what = String.join(
                "\n",
                LedgerAction.SESSIONS_VIEWED.name(),
                realmId,
                String.valueOf(by.actor().id()),
                userId,
                Long.toString(occurredAt / MILLIS_OF_HOUR));
        return new LedgerRow(
                UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString(),
                realmId,
                List.of(),
                occurredAt,
                LedgerAction.SESSIONS_VIEWED,
                null,
                userId,
                username,
                null,
                by.actor(),
                null,
                null,
                null,
                by.ipAddress() == null ? Map.of() : Map.of("actorIpAddress", by.ipAddress()));
    }

    /** A person chose whether owners see their sessions. */
    public static LedgerRow visibilityChanged(
            String realmId,
            long occurredAt,
            String userId,
            @Nullable String username,
            Actor actor,
            Map<String, String> details) {
        return new LedgerRow(
                UUID.randomUUID().toString(),
                realmId,
                List.of(),
                occurredAt,
                LedgerAction.VISIBILITY_CHANGED,
                null,
                userId,
                username,
                null,
                actor,
                null,
                null,
                null,
                details);
    }

    /** The row of a person whom the writer will not find any more, or must not look for. */
    public LedgerRow of(String knownUsername, List<String> knownClinicIds) {
        return with(knownClinicIds, knownUsername, device, ipAddress, actor);
    }

    /** The row with what only a look into Keycloak can tell. */
    LedgerRow with(
            List<String> newClinicIds,
            @Nullable String newUsername,
            @Nullable String newDevice,
            @Nullable String newIpAddress,
            Actor newActor) {
        return new LedgerRow(
                id,
                realmId,
                newClinicIds,
                occurredAt,
                action,
                cause,
                userId,
                newUsername,
                sessionRef,
                newActor,
                newDevice,
                newIpAddress,
                country,
                details);
    }
}
