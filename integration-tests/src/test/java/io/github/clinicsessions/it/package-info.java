/**
 * A real Keycloak with our jars, a real browser, a real PostgreSQL. Tests know the server by its URL and its database,
 * never by how it was started; nothing in here may see the classes of the jars under test.
 */
@NullMarked
package io.github.clinicsessions.it;

import org.jspecify.annotations.NullMarked;
