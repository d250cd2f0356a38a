/**
 * Sessions as people see them: {@code SessionDirectory} reads, {@code SessionTerminator} is the one way a session of
 * ours ends, {@code SessionEventListener} hears of what Keycloak does to them. No right is decided here.
 */
@NullMarked
package io.github.clinicsessions.session;

import org.jspecify.annotations.NullMarked;
