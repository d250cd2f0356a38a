/**
 * What a session's device is called. Pure but for {@code DeviceReader}, which reads Keycloak's note.
 */
@NullMarked
package io.github.clinicsessions.device;

import org.jspecify.annotations.NullMarked;
