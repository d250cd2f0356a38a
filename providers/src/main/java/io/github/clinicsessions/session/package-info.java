/**
 * Sessions as people see them: {@code SessionDirectory} reads, {@code SessionTerminator} is the one way a session of
 * ours ends, {@code SessionEventListener} hears of what Keycloak does to them and {@code KeycloakEndings} sees to it that what
 * Keycloak ends has ended. Only {@code SessionRemover} removes. No right is decided here.
 */
@NullMarked
package io.github.clinicsessions.session;

import org.jspecify.annotations.NullMarked;
