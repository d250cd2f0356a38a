package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.session.Actors;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable String currentSessionId;
    private final boolean administrator;
    private final Actor actor;
    private final List<Clinic> clinics;
    private final boolean wholeRealm;
    private final AdminEventBuilder events;

    private Oversight(
            KeycloakSession session,
            RealmModel realm,
            UserModel viewer,
            @Nullable String currentSessionId,
            boolean administrator,
            Actor actor,
            List<Clinic> clinics,
            boolean wholeRealm,
            AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.viewer = viewer;
        this.currentSessionId = currentSessionId;
        this.administrator = administrator;
        this.actor = actor;
        this.clinics = List.copyOf(clinics);
        this.wholeRealm = wholeRealm;
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
                userSession.getId(),
                false,
                ownerIn(userSession),
                clinics,
                false,
                new AdminEventBuilder(realm, auth, session, session.getContext().getConnection()));
    }

    /**
     * An administrator, who may be of another realm.
     *
     * @param clinic the one that they name; null for every person of the realm, also those of no clinic
     */
    public static Oversight ofAdministrator(
            KeycloakSession session,
            RealmModel realm,
            UserModel administrator,
            @Nullable Clinic clinic,
            AdminEventBuilder events) {
        return new Oversight(
                session,
                realm,
                administrator,
                null,
                true,
                new Actor(Actor.Type.ADMIN, administrator.getId(), administrator.getUsername()),
                clinic == null ? new ClinicDirectory(session, realm).all() : List.of(clinic),
                clinic == null,
                events);
    }

    public List<Clinic> clinics() {
        return clinics;
    }

    /** Whether a realm's administrator asks, for whom nobody of the realm is hidden. */
    public boolean isAdministrator() {
        return administrator;
    }

    /** Whether an administrator asks for every person of the realm. */
    boolean isOfWholeRealm() {
        return wholeRealm;
    }

    UserModel viewer() {
        return viewer;
    }

    /** By which an owner asks; null of an administrator, who may be of another realm. */
    @Nullable
    String currentSessionId() {
        return currentSessionId;
    }

    /** The owner, or the administrator who looks in the owner's name. */
    private static Actor ownerIn(UserSessionModel userSession) {
        Actor actor = Actors.of(userSession);
        return actor.type() == Actor.Type.SELF ? new Actor(Actor.Type.OWNER, actor.id(), actor.name()) : actor;
    }

    /** With the address of this request. */
    DoneBy doneBy() {
        return new DoneBy(
                actor,
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
