package io.github.clinicsessions.device;

import org.jspecify.annotations.Nullable;

/**
 * What {@link ArrivalPolicy} says of a sign-in, and what is known afterwards.
 *
 * @param newDevice whether the person had never signed in with that device
 * @param unfamiliarCountry whether nobody expected them there
 * @param otherCountry from where somebody has signed in as them not long before, with a device that is as new; null for nobody
 * @param mail whether they are to be told; counted in {@link KnownPerson#mailedAt()} already
 * @param device null where no browser signs in
 */
public record Judgement(
        boolean newDevice,
        boolean unfamiliarCountry,
        @Nullable String otherCountry,
        boolean mail,
        KnownPerson person,
        @Nullable KnownDevice device) {}
