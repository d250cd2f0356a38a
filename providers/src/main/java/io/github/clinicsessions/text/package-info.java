/**
 * Devices and times in people's words, for every page that lists sessions. Pure: knows neither Keycloak nor where its words are
 * kept.
 */
@NullMarked
package io.github.clinicsessions.text;

import org.jspecify.annotations.NullMarked;
