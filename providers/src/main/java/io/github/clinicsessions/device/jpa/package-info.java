/** Where known devices are stored. Entities stay in here. */
@NullMarked
package io.github.clinicsessions.device.jpa;

import org.jspecify.annotations.NullMarked;
