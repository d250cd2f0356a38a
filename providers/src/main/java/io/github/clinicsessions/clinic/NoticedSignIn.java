package io.github.clinicsessions.clinic;

import org.jspecify.annotations.Nullable;

/**
 * The sign-in that a mail was about, as its link says it: not how the session began, to which somebody may have come back with another
 * device, from elsewhere.
 *
 * @param sessionStartedAt when its session had begun, milliseconds since the epoch: Keycloak uses ids again
 * @param at when it was, milliseconds since the epoch
 * @param toldAt when the link was made, milliseconds since the epoch
 * @param label see {@code Device.label()}
 * @param ipAddress parsed
 * @param country ISO 3166-1 alpha-2; null where it is not known
 * @param deviceId of the person's known device; null where none was recognised
 */
public record NoticedSignIn(
        long sessionStartedAt,
        long at,
        long toldAt,
        @Nullable String label,
        @Nullable String ipAddress,
        @Nullable String country,
        @Nullable String deviceId) {}
