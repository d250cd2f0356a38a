package io.github.clinicsessions.device;

import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.util.TokenUtil;

/** Writes down on a session, in a note of ours, what it was opened with: in Keycloak's transaction, which stores its notes anyway. */
public final class DeviceNotes {

    /** Name of the note of the user session. */
    static final String NAME = "clinic_device";

    /** The hints that browsers send only to who asks for them, as the value of the header {@code Accept-CH}. */
    public static final String ACCEPT_CH = "Sec-CH-UA-Platform-Version";

    private static final Logger LOG = Logger.getLogger(DeviceNotes.class);

    private DeviceNotes() {}

    /**
     * Notes the device of the request on the session that the event is about and tells which it is. A session that has a note is
     * joined and keeps it. Never throws.
     *
     * @param event by which the session begins; names the client
     * @param userSession as the request has it
     */
    public static Device write(KeycloakSession session, Event event, UserSessionModel userSession) {
        UserSessionModel lasting = lasting(session, event, userSession);
        try {
            if (DeviceNote.read(lasting.getNote(NAME)) == null) {
                Device device = ofRequest(session, event.getClientId());
                if (!device.equals(Device.UNKNOWN)) {
                    lasting.setNote(NAME, DeviceNote.write(device));
                }
            }
        } catch (RuntimeException e) {
            // A sign-in does not fail for a label's sake; Keycloak's own note is there instead.
            LOG.warnf(e, "a session has no note of its device");
        }
        return DeviceReader.read(lasting);
    }

    /** A grant that begins with offline access has removed its online session by now. */
    private static UserSessionModel lasting(KeycloakSession session, Event event, UserSessionModel userSession) {
        boolean offline = event.getDetails() != null
                && TokenUtil.TOKEN_TYPE_OFFLINE.equals(event.getDetails().get(Details.REFRESH_TOKEN_TYPE));
        UserSessionModel found =
                offline ? session.sessions().getOfflineUserSession(userSession.getRealm(), userSession.getId()) : null;
        return found == null ? userSession : found;
    }

    /** What the browser or program says of itself; {@link Device#UNKNOWN} where no request is. */
    public static Device ofRequest(KeycloakSession session, @Nullable String clientId) {
        HttpRequest request = session.getContext().getHttpRequest();
        HttpHeaders headers = request == null ? null : request.getHttpHeaders();
        if (headers == null) {
            return Device.UNKNOWN;
        }
        Hints hints = Hints.of(
                headers.getHeaderString("Sec-CH-UA"),
                headers.getHeaderString("Sec-CH-UA-Mobile"),
                headers.getHeaderString("Sec-CH-UA-Platform"),
                headers.getHeaderString("Sec-CH-UA-Platform-Version"));
        // The owner of one clinic may not know which applications the others have.
        String named = session.getContext().getRealm().isOrganizationsEnabled() ? null : clientId;
        return DeviceLabels.of(headers.getHeaderString(HttpHeaders.USER_AGENT), hints, named);
    }
}
