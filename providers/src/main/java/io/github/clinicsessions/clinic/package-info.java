/**
 * Who may do what: {@code AccessPolicy} is the one place that says so. Pages and REST calls ask it and obey.
 */
@NullMarked
package io.github.clinicsessions.clinic;

import org.jspecify.annotations.NullMarked;
