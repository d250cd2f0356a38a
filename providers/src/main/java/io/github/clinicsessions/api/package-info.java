/**
 * JSON REST for the person's own sessions, under {@code /realms/{realm}/clinic-sessions/v1}. Contains no rule: it
 * authenticates, asks {@code clinic} and calls {@code session}.
 */
@NullMarked
package io.github.clinicsessions.api;

import org.jspecify.annotations.NullMarked;
