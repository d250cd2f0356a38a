/**
 * CAEP, when Keycloak runs with its experimental feature {@code ssf}: Keycloak tells receivers of each LOGOUT event, and so
 * of each session that we end; this room only makes it say who ended it, and why. Optional: nobody depends on it, and without
 * the feature none of it but {@code CaepTransmitterFactory} is even loaded.
 */
@NullMarked
package io.github.clinicsessions.caep;

import org.jspecify.annotations.NullMarked;
