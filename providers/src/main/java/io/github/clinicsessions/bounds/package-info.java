/**
 * Bounds of Keycloak's native settings and of our own: {@code Bounds} lists them, {@code BoundsKeeper} brings a realm that is
 * switched on within them, in the transaction of whoever changed it. Pages and REST calls
 * stay outside; they may ask {@code Corrections} what is out of bounds.
 */
@NullMarked
package io.github.clinicsessions.bounds;

import org.jspecify.annotations.NullMarked;
