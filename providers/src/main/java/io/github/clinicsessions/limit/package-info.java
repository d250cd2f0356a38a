/**
 * How many sessions a person may have at a time, and what becomes of the one that is too many: the SPI {@code clinic-limit}, its
 * default, the configuration of the authenticator {@code clinic-session-limit}, and the pure rules. Knows settings and roles;
 * neither counts sessions nor ends them.
 */
@NullMarked
package io.github.clinicsessions.limit;

import org.jspecify.annotations.NullMarked;
