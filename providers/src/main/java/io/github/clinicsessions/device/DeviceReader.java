package io.github.clinicsessions.device;

import org.jboss.logging.Logger;
import org.keycloak.device.DeviceActivityManager;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.account.DeviceRepresentation;

/** Reads what was noted about the device when the session began: by us, or else by Keycloak. */
public final class DeviceReader {

    private static final Logger LOG = Logger.getLogger(DeviceReader.class);

    private DeviceReader() {}

    /** {@link Device#UNKNOWN} where nothing was noted or the note cannot be read. */
    public static Device read(UserSessionModel userSession) {
        Device ours = DeviceNote.read(userSession.getNote(DeviceNotes.NAME));
        return ours == null ? readKeycloaks(userSession) : ours;
    }

    private static Device readKeycloaks(UserSessionModel userSession) {
        DeviceRepresentation note;
        try {
            note = DeviceActivityManager.getCurrentDevice(userSession);
        } catch (RuntimeException e) {
            // Keycloak throws for a note that is not its JSON; one broken session must not cost the whole list.
            LOG.debugf(e, "device note cannot be read");
            return Device.UNKNOWN;
        }
        if (note == null) {
            return Device.UNKNOWN;
        }
        return DeviceNames.of(note.getBrowser(), note.getOs(), note.getDevice(), note.isMobile());
    }
}
