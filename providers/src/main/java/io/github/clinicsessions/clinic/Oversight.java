package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.IpAddresses;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Who oversees which clinics in this request: an owner, or an administrator of the realm. Whether they may has been asked of
 * {@link AccessPolicy}.
 */
public final class Oversight {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel viewer;
    private final Actor.Type type;
    private final List<Clinic> clinics;
    private final AdminEventBuilder events;

    private Oversight(
            KeycloakSession session,
            RealmModel realm,
            UserModel viewer,
            Actor.Type type,
            List<Clinic> clinics,
            AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.viewer = viewer;
        this.type = type;
        this.clinics = List.copyOf(clinics);
        this.events = events;
    }

    /**
     * An owner.
     *
     * @param client by which they ask
     * @param clinics of theirs, all or the one that they name
     */
    public static Oversight ofOwner(
            KeycloakSession session, UserSessionModel userSession, ClientModel client, List<Clinic> clinics) {
        RealmModel realm = userSession.getRealm();
        AdminAuth auth = new AdminAuth(realm, null, userSession.getUser(), client);
        return new Oversight(
                session,
                realm,
                userSession.getUser(),
                Actor.Type.OWNER,
                clinics,
                new AdminEventBuilder(realm, auth, session, session.getContext().getConnection()));
    }

    /**
     * An administrator, who may be of another realm.
     *
     * @param clinics all of the realm, or the one that they name
     */
    public static Oversight ofAdministrator(
            KeycloakSession session,
            RealmModel realm,
            UserModel administrator,
            List<Clinic> clinics,
            AdminEventBuilder events) {
        return new Oversight(session, realm, administrator, Actor.Type.ADMIN, clinics, events);
    }

    public List<Clinic> clinics() {
        return clinics;
    }

    /** Whether a realm's administrator asks, for whom nobody of the realm is hidden. */
    public boolean isAdministrator() {
        return type == Actor.Type.ADMIN;
    }

    UserModel viewer() {
        return viewer;
    }

    /** With the address of this request. */
    DoneBy doneBy() {
        return new DoneBy(
                new Actor(type, viewer.getId(), viewer.getUsername()),
                IpAddresses.canonical(session.getContext().getConnection().getRemoteHost()));
    }

    EndCause cause() {
        return isAdministrator() ? EndCause.ENDED_BY_ADMIN : EndCause.ENDED_BY_OWNER;
    }

    /** For one admin event. */
    AdminEventBuilder event() {
        return events.realm(realm);
    }

    KeycloakSession session() {
        return session;
    }

    RealmModel realm() {
        return realm;
    }
}
