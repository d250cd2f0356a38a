/**
 * JSON REST under {@code /realms/{realm}/clinic-sessions/v1}: the person's own sessions, and the feed of ended ones. Contains
 * no rule: it authenticates, asks {@code clinic} and calls {@code session} or {@code registry}.
 */
@NullMarked
package io.github.clinicsessions.api;

import org.jspecify.annotations.NullMarked;
