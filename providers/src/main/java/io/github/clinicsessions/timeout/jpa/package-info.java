/** The one query of Keycloak's own tables that the room needs. No entity leaves it. */
@NullMarked
package io.github.clinicsessions.timeout.jpa;

import org.jspecify.annotations.NullMarked;
