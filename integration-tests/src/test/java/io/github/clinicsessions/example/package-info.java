/**
 * APIs that hold to the sessions of a realm: one verifies tokens by itself and reads the feed of ended sessions, one asks
 * Keycloak about each token. Worked examples for {@code docs/feed.md}; the tests run them. {@link EndedSessions} is written to
 * be copied.
 */
@NullMarked
package io.github.clinicsessions.example;

import org.jspecify.annotations.NullMarked;
