/**
 * The feed of ended sessions as a server reads and waits for it, on behalf of many who ask. Knows no HTTP and no rights. What
 * is known here is at most a moment old and always comes from the database, so that every server gives the same answer.
 */
@NullMarked
package io.github.clinicsessions.registry.feed;

import org.jspecify.annotations.NullMarked;
