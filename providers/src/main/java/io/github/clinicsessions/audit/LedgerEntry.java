package io.github.clinicsessions.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as one viewer is shown it. Masked, it has when, what, why and who did it, and nothing of the person it is about: not
 * even its id, which of some rows can be calculated from the person's.
 *
 * @param occurredAt milliseconds since the epoch; masked the beginning of the day (UTC): a time would tell when somebody came
 *     who does not want that to be seen
 * @param actor without id and name where they would name the person
 * @param details without {@link PrivateTo}, which is about others
 */
public record LedgerEntry(
        boolean masked,
        @Nullable String id,
        long occurredAt,
        LedgerAction action,
        @Nullable EndCause cause,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String sessionRef,
        Actor actor,
        @Nullable String device,
        @Nullable String ipAddress,
        @Nullable String country,
        Map<String, String> details) {

    private static final long MILLIS_OF_DAY = 24 * 60 * 60 * 1_000L;

    /** Whether a time is the beginning of a day (UTC), milliseconds since the epoch. */
    public static boolean isBeginningOfDay(long time) {
        return Math.floorMod(time, MILLIS_OF_DAY) == 0;
    }

    /** See {@link LedgerRow#maskedFor}. */
    public static LedgerEntry of(LedgerRow row, boolean masked) {
        return masked ? masked(row) : open(row);
    }

    public static LedgerEntry open(LedgerRow row) {
        return new LedgerEntry(
                false,
                row.id(),
                row.occurredAt(),
                row.action(),
                row.cause(),
                row.userId(),
                row.username(),
                row.sessionRef(),
                row.actor(),
                row.device(),
                row.ipAddress(),
                row.country(),
                PrivateTo.hiddenIn(row.details()));
    }

    /** The same without whence it was done: who did it may be a person who has opted out. */
    public LedgerEntry withoutActorsAddress() {
        Map<String, String> rest = new LinkedHashMap<>(details);
        rest.remove(LedgerRow.ACTOR_IP_ADDRESS);
        return new LedgerEntry(
                masked,
                id,
                occurredAt,
                action,
                cause,
                userId,
                username,
                sessionRef,
                actor,
                device,
                action == LedgerAction.SETTING_CHANGED ? null : ipAddress,
                country,
                rest);
    }

    public static LedgerEntry masked(LedgerRow row) {
        Actor actor = row.actor();
        boolean same = actor.type() == Actor.Type.SELF || row.userId().equals(actor.id());
        return new LedgerEntry(
                true,
                null,
                Math.floorDiv(row.occurredAt(), MILLIS_OF_DAY) * MILLIS_OF_DAY,
                row.action(),
                row.cause(),
                null,
                null,
                null,
                same ? new Actor(actor.type(), null, null) : actor,
                null,
                null,
                null,
                Map.of());
    }
}
