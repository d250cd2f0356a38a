/**
 * The ledger in Keycloak's own database. Only this package knows entities; the rest of the project sees records.
 */
@NullMarked
package io.github.clinicsessions.audit.jpa;

import org.jspecify.annotations.NullMarked;
