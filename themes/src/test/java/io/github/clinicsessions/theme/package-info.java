/**
 * Tests of the theme as it is packaged: the message bundles, and the templates rendered as Keycloak renders them. What only a
 * browser can tell is tested in integration-tests.
 */
@NullMarked
package io.github.clinicsessions.theme;

import org.jspecify.annotations.NullMarked;
