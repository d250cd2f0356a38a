/**
 * What a session's device is called. Pure but for {@code DeviceNotes} and {@code DeviceReader}, which write and read the session's
 * notes. No regular expression sees a header here: user agents are hostile.
 */
@NullMarked
package io.github.clinicsessions.device;

import org.jspecify.annotations.NullMarked;
