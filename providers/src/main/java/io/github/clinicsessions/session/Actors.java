package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** Who acts in a session: its person, or the administrator who has opened it as that person. */
public final class Actors {

    private Actors() {}

    public static Actor of(UserSessionModel userSession) {
        String impersonatorId = userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString());
        if (impersonatorId == null) {
            UserModel user = userSession.getUser();
            return Actor.self(user.getId(), user.getUsername());
        }
        return new Actor(
                Actor.Type.ADMIN,
                impersonatorId,
                userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_USERNAME.toString()));
    }

    /** Why a session ends that this actor ends as the person whose it is. */
    public static EndCause causeOfEnding(Actor actor) {
        return actor.type() == Actor.Type.ADMIN ? EndCause.ENDED_BY_ADMIN : EndCause.ENDED_BY_USER;
    }

    /**
     * Who does something to a person in this request: an administrator or the person, by bearer token or in a sign-in under
     * way; {@link DoneBy#NOBODY} if Keycloak has noted neither.
     */
    static DoneBy inRequest(KeycloakSession session, UserModel person) {
        DoneBy byToken = DoneBy.ofRequest(session);
        String address = byToken == null ? null : byToken.ipAddress();
        if (byToken != null && !person.getId().equals(byToken.actor().id())) {
            return byToken;
        }
        boolean self = byToken != null || session.getContext().getAuthenticationSession() != null;
        return self ? new DoneBy(Actor.self(person.getId(), person.getUsername()), address) : DoneBy.NOBODY;
    }
}
