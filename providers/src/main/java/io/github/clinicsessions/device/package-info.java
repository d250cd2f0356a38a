/**
 * What a session's device is called, by what it is recognised, and what is noticed about a sign-in. Pure but for {@code DeviceNotes} and
 * {@code DeviceReader}, which write and read the session's notes, {@code DeviceCookie}, and the listener that lets nothing be kept too long.
 * No regular expression sees a user agent here: they are hostile. Who may see or change a device is not decided here.
 */
@NullMarked
package io.github.clinicsessions.device;

import org.jspecify.annotations.NullMarked;
