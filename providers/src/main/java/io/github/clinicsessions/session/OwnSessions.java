package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** What a person does to their own sessions, from one of them: the same for page and REST. */
public final class OwnSessions {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final UserSessionModel current;
    private final SessionDirectory directory;
    private final SessionTerminator terminator;

    public OwnSessions(KeycloakSession session, RealmModel realm, UserModel user, UserSessionModel current) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.current = current;
        this.directory = new SessionDirectory(session);
        this.terminator = new SessionTerminator(session);
    }

    /** The current one first, then the newest activity first. */
    public List<SessionView> list() {
        return directory.ownOf(realm, user, current.getId());
    }

    /** Ends one. */
    public SessionTerminator.Result end(String id) {
        Actor actor = Actors.of(current);
        return terminator.end(realm, user, id, Actors.causeOfEnding(actor), actor);
    }

    /** Whether it was this person's and has ended. */
    public boolean hasEnded(String id) {
        return terminator.hasEnded(realm, user, id);
    }

    /** Whether it is this person's, or was and has ended. */
    public boolean has(String id) {
        return directory.idsOfUser(realm, user).contains(id) || hasEnded(id);
    }

    /** Ends all but the current one; counts those that the person could see. */
    public SessionTerminator.Ended endOthers() {
        return endAll(false);
    }

    /** Ends all; counts those that the person could see. */
    public SessionTerminator.Ended endAll() {
        return endAll(true);
    }

    private SessionTerminator.Ended endAll(boolean currentToo) {
        Actor actor = Actors.of(current);
        long seen = list().stream().filter(one -> currentToo || !one.current()).count();
        List<String> ids = directory.idsOfUser(realm, user).stream()
                .filter(id -> currentToo || !id.equals(current.getId()))
                .toList();
        SessionTerminator.Ended ended = terminator.end(realm, user, ids, Actors.causeOfEnding(actor), actor);
        return new SessionTerminator.Ended(Math.toIntExact(Math.min(seen, ended.count())), ended.terminationId());
    }

    /** What has become of what was ended of theirs; for 24 hours. */
    public Optional<Receipt> receipt(String terminationId) {
        return Receipts.of(session, realm, user, terminationId);
    }
}
