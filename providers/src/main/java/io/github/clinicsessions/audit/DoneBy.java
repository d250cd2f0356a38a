package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.IpAddresses;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Who changes a setting or ends a session, and from where.
 *
 * @param ipAddress parsed; null where there is no request
 */
public record DoneBy(Actor actor, @Nullable String ipAddress) {

    /** Nobody: a start of the server, an import at the start, a client that registers itself. */
    public static final DoneBy NOBODY = new DoneBy(Actor.SYSTEM, null);

    private static final Logger LOG = Logger.getLogger(DoneBy.class);

    /** The administrator of the event. */
    public static DoneBy of(KeycloakSession session, AdminEvent event) {
        AuthDetails details = event.getAuthDetails();
        if (details == null || details.getUserId() == null) {
            return NOBODY;
        }
        RealmModel realm = session.realms().getRealm(details.getRealmId());
        UserModel user = realm == null ? null : session.users().getUserById(realm, details.getUserId());
        return new DoneBy(
                new Actor(Actor.Type.ADMIN, details.getUserId(), user == null ? null : user.getUsername()),
                IpAddresses.canonical(details.getIpAddress()));
    }

    /** The administrator whose bearer token the request carries; null where Keycloak has not noted one. */
    public static @Nullable DoneBy ofRequest(KeycloakSession session) {
        try {
            UserModel user = session.getContext().getBearerToken() == null
                    ? null
                    : session.getContext().getUser();
            return user == null
                    ? null
                    : new DoneBy(
                            new Actor(Actor.Type.ADMIN, user.getId(), user.getUsername()),
                            IpAddresses.canonical(
                                    session.getContext().getConnection().getRemoteHost()));
        } catch (RuntimeException e) {
            LOG.debug("a change without a request", e);
            return null;
        }
    }
}
