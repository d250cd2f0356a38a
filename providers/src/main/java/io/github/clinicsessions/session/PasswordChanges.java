package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * A new password ends every other session of the person, offline ones included, and every sign-in that had passed the old
 * one, so that whoever knew it is out. The session in which the change is made stays. Runs once Keycloak's transaction has
 * committed: a change that is rolled back ends nothing, and nothing of this can fail the change.
 */
final class PasswordChanges {

    private static final Logger LOG = Logger.getLogger(PasswordChanges.class);

    /** Of a sign-in under way: when the password that it has passed, or made, was made (milliseconds since the epoch). */
    private static final String NOTE_PASSWORD = "clinic_password_created";

    private PasswordChanges() {}

    /**
     * A password has just been stored. Called by Keycloak's own passwords, and by events for those that a directory keeps;
     * the second call for a person in a request does nothing.
     */
    static void changed(KeycloakSession session, RealmModel realm, UserModel user) {
        String key = PasswordChanges.class.getName() + ' ' + user.getId();
        if (!isOn(realm) || session.getAttribute(key) != null) {
            return;
        }
        session.setAttribute(key, true);
        try {
            RootAuthenticationSessionModel browser = browserOfChange(session, realm);
            SignIns.of(browser, user).forEach(flow -> note(flow, user));
            String kept = browser != null ? browser.getId() : sessionOfToken(session, user);
            if (!mayHaveSessions(session, realm, user)) {
                return; // an import of very many persons, for one
            }
            KeycloakEndings.of(session, realm)
                    .allButOf(user.getId(), kept, EndCause.PASSWORD_CHANGED, Actors.inRequest(session, user));
        } catch (RuntimeException e) {
            LOG.errorf(e, "the sessions of user %s live on after a change of the password", user.getId());
        }
    }

    /** A sign-in under way has passed the password. */
    static void passed(KeycloakSession session, RealmModel realm, UserModel user) {
        if (RealmSwitch.isOn(realm)) {
            try {
                AuthenticationSessionModel flow = session.getContext().getAuthenticationSession();
                if (flow != null) {
                    PassedFactors.password(flow);
                    if (isOn(realm)) {
                        note(flow, user);
                    }
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "a sign-in goes on without note of its password");
            }
        }
    }

    /** To be called at the event of a session's start: ends it if the password it came by is not the person's any more. */
    static void endIfBegunBefore(KeycloakSession session, Event event) {
        RealmModel realm = session.getContext().getRealm();
        if (realm == null || !isOn(realm)) {
            return;
        }
        UserModel user = session.users().getUserById(realm, event.getUserId());
        if (user == null) {
            return;
        }
        Set<String> passed = SignIns.of(session, realm, event.getSessionId(), user)
                .map(flow -> flow.getAuthNote(NOTE_PASSWORD))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (passed.isEmpty()) {
            return;
        }
        String userId = user.getId();
        String sessionId = event.getSessionId();
        if (isStale(passed, user)) {
            Transactions.afterCommit(session, () -> end(session, realm, userId, sessionId));
            return;
        }
        // A change that commits in this very moment sees no session yet, and this sign-in no change: whoever commits
        // last
        // looks again.
        Background background = SessionEventListenerFactory.background(session);
        Transactions.afterCommit(
                session,
                () -> background.run(
                        session.getKeycloakSessionFactory(),
                        realm.getId(),
                        (own, ownRealm) -> endIfStale(own, ownRealm, userId, sessionId, passed)));
    }

    private static void endIfStale(
            KeycloakSession own, RealmModel realm, String userId, String sessionId, Set<String> passed) {
        UserModel user = own.users().getUserById(realm, userId);
        if (user != null && isStale(passed, user)) {
            end(own, realm, userId, sessionId);
        }
    }

    private static void end(KeycloakSession session, RealmModel realm, String userId, String sessionId) {
        try {
            PersonsSessions.end(
                    session,
                    realm,
                    userId,
                    EndCause.PASSWORD_CHANGED,
                    DoneBy.NOBODY,
                    (own, person) -> List.of(sessionId));
        } catch (RuntimeException e) {
            LOG.errorf(e, "a session of user %s may live on after a change of the password", userId);
        }
    }

    private static boolean isStale(Set<String> passed, UserModel user) {
        return !passed.equals(Set.of(Objects.toString(created(user), "")));
    }

    private static boolean mayHaveSessions(KeycloakSession session, RealmModel realm, UserModel user) {
        return !SessionCaches.allArePersisted()
                || !new PersistedSessions(session)
                        .ofUser(realm.getId(), user.getId())
                        .isEmpty();
    }

    private static boolean isOn(RealmModel realm) {
        return RealmSwitch.isOn(realm) && RealmSettings.of(realm).endSessionsOnPasswordChange();
    }

    private static void note(AuthenticationSessionModel flow, UserModel user) {
        String created = created(user);
        if (created != null) {
            flow.setAuthNote(NOTE_PASSWORD, created);
        }
    }

    private static @Nullable String created(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                .findFirst()
                .map(CredentialModel::getCreatedDate)
                .map(String::valueOf)
                .orElse(null);
    }

    /**
     * A flow of a browser (an account action, a required action, a reset by mail) becomes the session of the same id. By the
     * cookie, for Keycloak's logout of other sessions leaves a flow of its own in the context; null where no flow is.
     */
    private static @Nullable RootAuthenticationSessionModel browserOfChange(KeycloakSession session, RealmModel realm) {
        AuthenticationSessionModel flow = session.getContext().getAuthenticationSession();
        if (flow == null) {
            return null;
        }
        RootAuthenticationSessionModel byCookie =
                new AuthenticationSessionManager(session).getCurrentRootAuthenticationSession(realm);
        return byCookie != null ? byCookie : flow.getParentSession();
    }

    private static @Nullable String sessionOfToken(KeycloakSession session, UserModel user) {
        boolean own = user.equals(session.getContext().getUser());
        return own && session.getContext().getBearerToken() instanceof AccessToken token ? token.getSessionId() : null;
    }
}
