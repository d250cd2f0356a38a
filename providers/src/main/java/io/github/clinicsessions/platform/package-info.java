/**
 * What every room stands on: whether a realm is switched on, own transactions, addresses, references to sessions.
 * The only room that wraps Keycloak's rougher edges. It knows no other room.
 */
@NullMarked
package io.github.clinicsessions.platform;

import org.jspecify.annotations.NullMarked;
