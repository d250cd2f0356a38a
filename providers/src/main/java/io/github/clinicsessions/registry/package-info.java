/**
 * Which sessions live, and which have ended, as this extension knows it: so that an end that Keycloak makes without naming
 * sessions can be put into the ledger, an end that was begun is finished, and APIs can ask what has ended. Also when a human was
 * last reported in a living one, and when somebody has to look whether it is idle too long. The truth about a
 * living session stays Keycloak's. Raw session ids stand here and nowhere else, until nothing of them can be valid. No entity
 * leaves {@code registry.jpa}; nothing here ends a session.
 */
@NullMarked
package io.github.clinicsessions.registry;

import org.jspecify.annotations.NullMarked;
