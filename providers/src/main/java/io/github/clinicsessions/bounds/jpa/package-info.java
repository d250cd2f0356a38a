/**
 * The one question about Keycloak's clients that its own API does not answer in one query. Only this package of the room
 * knows that there is a database.
 */
@NullMarked
package io.github.clinicsessions.bounds.jpa;

import org.jspecify.annotations.NullMarked;
