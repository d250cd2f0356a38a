/**
 * Questions about people that Keycloak's own API answers person by person only. Only this package of the room knows Keycloak's
 * entities; the rest sees records.
 */
@NullMarked
package io.github.clinicsessions.clinic.jpa;

import org.jspecify.annotations.NullMarked;
