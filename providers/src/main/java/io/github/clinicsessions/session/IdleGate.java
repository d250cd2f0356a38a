package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.jpa.Activities;
import io.github.clinicsessions.session.IdleJudge.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/**
 * Refuses sessions in which nobody has been for too long, between the moment when they are due and the sweep that ends them: whoever
 * is about to use a session asks here first. One that is over ends at once, in transactions of its own. Never throws: what cannot be
 * judged is left to the sweep.
 */
public final class IdleGate {

    private static final Logger LOG = Logger.getLogger(IdleGate.class);

    private final KeycloakSession session;

    public IdleGate(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Whether nobody has been there for too long. Then it has ended when this returns, or could not be ended: it must not be used.
     *
     * @param sessionId of whatever, also of nothing
     */
    public boolean isOver(RealmModel realm, @Nullable String sessionId) {
        return look(realm, sessionId) != State.LIVES;
    }

    /** The same of the session of the browser that sends the request. Moves no timer, unlike Keycloak's look at the cookie. */
    public boolean isOverByCookie(RealmModel realm) {
        return look(realm, ofCookie()) != State.LIVES;
    }

    /** What has become of it. */
    enum State {
        /** Nothing: it lives, or nothing is known of it. */
        LIVES,
        ENDED,
        /** It is over, and could not be ended. */
        STILL_THERE
    }

    State look(RealmModel realm, @Nullable String sessionId) {
        if (sessionId == null || !SessionRef.isWellFormedId(sessionId)) {
            return State.LIVES;
        }
        Map<String, Verdict> over;
        try {
            IdleMemory memory = IdleGateFactory.memory(session);
            if (!RealmSwitch.isOn(realm) || memory.lives(realm.getId(), sessionId)) {
                return State.LIVES;
            }
            Verdict verdict = Transactions.inNew(session, realm, (own, ownRealm) -> judge(own, ownRealm, sessionId));
            if (verdict.end() == null) {
                memory.lives(realm.getId(), sessionId, verdict.dueAt());
                return State.LIVES;
            }
            over = Map.of(sessionId, verdict);
        } catch (RuntimeException e) {
            LOG.errorf(e, "whether a session of realm %s is idle too long is left to the sweep", realm.getName());
            return State.LIVES;
        }
        try {
            Transactions.inNew(session, realm, (own, ownRealm) -> {
                IdleEnds.end(own, ownRealm, over);
                return true;
            });
            return State.ENDED;
        } catch (RuntimeException e) {
            LOG.errorf(e, "an idle session of realm %s is refused, and ended by the sweep", realm.getName());
            return State.STILL_THERE;
        }
    }

    private static Verdict judge(KeycloakSession own, RealmModel realm, String sessionId) {
        SessionActivity activity =
                new Activities(own).of(realm.getId(), List.of(sessionId)).getOrDefault(sessionId, SessionActivity.NONE);
        return Objects.requireNonNull(
                new IdleJudge(own, realm).of(Map.of(sessionId, activity)).get(sessionId));
    }

    /** Of the token, if this realm has signed it; expired ones name a session too. */
    @Nullable
    String ofToken(@Nullable String token) {
        AccessToken decoded = token == null ? null : session.tokens().decode(token, AccessToken.class);
        return decoded == null ? null : decoded.getSessionId();
    }

    @Nullable
    String ofCookie() {
        try {
            return ofToken(session.getProvider(CookieProvider.class).get(CookieType.IDENTITY));
        } catch (RuntimeException e) {
            LOG.debug("a cookie that cannot be read", e);
            return null;
        }
    }
}
