/**
 * For how long a session may last without a human, and why: the SPI {@code clinic-timeout}, its default, and the pure rules.
 * Knows settings and roles, and neither ends sessions nor keeps what has been reported about them.
 */
@NullMarked
package io.github.clinicsessions.timeout;

import org.jspecify.annotations.NullMarked;
