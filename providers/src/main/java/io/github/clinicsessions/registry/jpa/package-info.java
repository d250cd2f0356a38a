/** The registry in Keycloak's database. Only this package knows its entities; the rest of the project sees records. */
@NullMarked
package io.github.clinicsessions.registry.jpa;

import org.jspecify.annotations.NullMarked;
