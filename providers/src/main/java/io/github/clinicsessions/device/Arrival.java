package io.github.clinicsessions.device;

import org.jspecify.annotations.Nullable;

/**
 * A sign-in that is to be judged.
 *
 * @param hash see {@link KnownDevice#hash()}; null where no browser signs in
 * @param label see {@link Device#label()}
 * @param country ISO 3166-1 alpha-2 code; null where it is not known, or in a local network
 * @param at milliseconds since the epoch
 * @param learnt whether it is only to be learnt from: nothing is noticed about it
 */
public record Arrival(
        @Nullable String hash,
        @Nullable String label,
        @Nullable String country,
        long at,
        boolean learnt) {}
