package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.SessionRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param country where that is: ISO 3166-1 alpha-2; null if not known
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

    /** Detail: from where somebody else than the person did it. */
    public static final String ACTOR_IP_ADDRESS = "actorIpAddress";

    /** Detail: from where somebody signed in as the person not long before; ISO 3166-1 alpha-2. */
    public static final String OTHER_COUNTRY = "otherCountry";

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
     * Somebody looked at a person's sessions. Its id is the same for each viewer, person and hour of the clock (UTC), so that the
     * ledger takes one row an hour of them.
     *
     * @param actor the viewer, who has an id
     * @param ipAddress the viewer's, parsed
     */
    public static LedgerRow viewed(
            String realmId,
            long occurredAt,
            String userId,
            @Nullable String username,
            Actor actor,
            @Nullable String ipAddress) {
        return new LedgerRow(
                RowIds.viewed(realmId, Objects.requireNonNull(actor.id()), userId, occurredAt),
                realmId,
                List.of(),
                occurredAt,
                LedgerAction.SESSIONS_VIEWED,
                null,
                userId,
                username,
                null,
                actor,
                null,
                null,
                null,
                ipAddress == null ? Map.of() : Map.of(ACTOR_IP_ADDRESS, ipAddress));
    }

    /**
     * A person opted out of being seen by owners, or in again.
     *
     * @param details {@code visibility} is {@code private} or {@code visible}
     */
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

    /**
     * A person had, or would have had, more sessions than they may.
     *
     * @param ipAddress of the sign-in, parsed
     * @param details {@code limit}, {@code behavior}, {@code by} and {@code outcome}
     */
    public static LedgerRow limitReached(
            String realmId,
            long occurredAt,
            String userId,
            @Nullable String username,
            @Nullable String ipAddress,
            Map<String, String> details) {
        return new LedgerRow(
                UUID.randomUUID().toString(),
                realmId,
                List.of(),
                occurredAt,
                LedgerAction.LIMIT_REACHED,
                null,
                userId,
                username,
                null,
                Actor.self(userId, username),
                null,
                ipAddress,
                null,
                details);
    }

    /**
     * Something was noticed about a sign-in.
     *
     * @param action {@link LedgerAction#NEW_DEVICE} or {@link LedgerAction#UNFAMILIAR_COUNTRY}
     * @param ipAddress of the sign-in, parsed
     * @param country where that is, ISO 3166-1 alpha-2; null where it is not known
     * @param details {@link #OTHER_COUNTRY}, or none
     */
    public static LedgerRow noticed(
            String realmId,
            long occurredAt,
            LedgerAction action,
            String userId,
            @Nullable String username,
            String sessionId,
            @Nullable String device,
            @Nullable String ipAddress,
            @Nullable String country,
            Map<String, String> details) {
        return new LedgerRow(
                UUID.randomUUID().toString(),
                realmId,
                List.of(),
                occurredAt,
                action,
                null,
                userId,
                username,
                SessionRef.of(sessionId),
                Actor.self(userId, username),
                device,
                ipAddress,
                country,
                details);
    }

    /**
     * A person said that a sign-in was not theirs. Without device, address and country the writer takes those of the session's start.
     *
     * @param sessionRef of the session, see {@link SessionRef}
     * @param device of the sign-in; null where it is not known
     * @param ipAddress of the sign-in, parsed
     * @param country where that is; null where it is not known
     * @param details {@code via}, {@code others} and what it came to
     */
    public static LedgerRow reported(
            String realmId,
            long occurredAt,
            String userId,
            @Nullable String username,
            String sessionRef,
            @Nullable String device,
            @Nullable String ipAddress,
            @Nullable String country,
            Map<String, String> details) {
        return new LedgerRow(
                UUID.randomUUID().toString(),
                realmId,
                List.of(),
                occurredAt,
                LedgerAction.REPORTED,
                null,
                userId,
                username,
                sessionRef,
                Actor.self(userId, username),
                device,
                ipAddress,
                country,
                details);
    }

    /**
     * The row of a person whom the writer will not find any more, or must not look for.
     *
     * @param privateTo those of the clinics towards which the person is opted out
     */
    public LedgerRow of(String knownUsername, List<String> knownClinicIds, Collection<String> privateTo) {
        return with(
                knownClinicIds,
                knownUsername,
                device,
                ipAddress,
                country,
                actor,
                PrivateTo.in(details, knownClinicIds, privateTo));
    }

    /**
     * Whether a viewer sees of this row only what {@link LedgerEntry#masked} leaves: if of the clinics through which they see it
     * the person was opted out towards each, then or now. Rows about no person are never masked.
     *
     * @param viewersClinics null for every clinic
     * @param privateNow the clinics towards which the person is opted out now
     */
    public boolean maskedFor(@Nullable Collection<String> viewersClinics, Collection<String> privateNow) {
        if (action == LedgerAction.SETTING_CHANGED || (viewersClinics == null && clinicIds.isEmpty())) {
            return false;
        }
        return clinicIds.stream()
                .filter(id -> viewersClinics == null || viewersClinics.contains(id))
                .allMatch(id -> privateNow.contains(id) || PrivateTo.named(details, id));
    }

    /** The row with the country, a code, that its address is in. */
    public LedgerRow in(@Nullable String newCountry) {
        return with(clinicIds, username, device, ipAddress, newCountry, actor, details);
    }

    /** The row with one more detail. */
    public LedgerRow and(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return with(clinicIds, username, device, ipAddress, country, actor, Map.copyOf(more));
    }

    /** The row with what only a look into Keycloak can tell. */
    LedgerRow with(
            List<String> newClinicIds,
            @Nullable String newUsername,
            @Nullable String newDevice,
            @Nullable String newIpAddress,
            @Nullable String newCountry,
            Actor newActor,
            Map<String, String> newDetails) {
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
                newCountry,
                newDetails);
    }
}
