/**
 * The account pages: FreeMarker beside Keycloak's own account console, in its frame. Contains no rule: it
 * authenticates, asks {@code clinic} and calls {@code session}.
 */
@NullMarked
package io.github.clinicsessions.account;

import org.jspecify.annotations.NullMarked;
