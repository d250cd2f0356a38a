package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.device.KnownPerson;
import io.github.clinicsessions.device.jpa.KnownDevices;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What follows for sign-ins when a person has said that somebody else signs in as them. Those under way that had passed a factor before
 * end when they complete. And the new password that is asked for since is not chosen by whoever merely has a session: Keycloak asks for
 * it in every session that is joined, without the old one.
 */
public final class ReportedSignIns {

    /** Key of Keycloak's sign-in pages. */
    private static final String MESSAGE = "clinicLoginReported";

    private static final Logger LOG = Logger.getLogger(ReportedSignIns.class);

    /** Whatever passed its factor in the request that completes it is judged in {@link Arrivals} only: nobody pays for a query. Milliseconds. */
    private static final long WAITED = 1_000;

    private static final int TRIES = 4;
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    private ReportedSignIns() {}

    /** To be called at the event of a session's start: ends it, once that has committed, if it waited while it was reported. */
    static void endIfBegunBefore(KeycloakSession session, RealmModel realm, Event event) {
        OptionalLong passedAt = PassedFactors.at(session, event.getSessionId());
        if (passedAt.isEmpty() || passedAt.getAsLong() > event.getTime() - WAITED || !RealmSwitch.isOn(realm)) {
            return;
        }
        Waited waited = new Waited(event.getUserId(), event.getSessionId(), passedAt.getAsLong(), event.getTime());
        Transactions.afterCommit(session, () -> later(session, realm.getId(), waited, Duration.ZERO, TRIES));
    }

    /** A sign-in that somebody was waiting in. */
    private record Waited(String userId, String sessionId, long passedAt, long completedAt) {}

    private static void later(KeycloakSession session, String realmId, Waited waited, Duration delay, int tries) {
        boolean taken = SessionEventListenerFactory.background(session)
                .runLater(delay, session.getKeycloakSessionFactory(), realmId, (own, realm) -> {
                    try {
                        endIfReported(own, realm, waited);
                    } catch (RuntimeException e) {
                        LOG.errorf(e, "whether a sign-in of user %s was reported is not known", waited.userId());
                        if (tries > 1) {
                            later(own, realmId, waited, AGAIN_AFTER, tries - 1);
                        }
                    }
                });
        if (!taken) {
            LOG.errorf("whether a sign-in of user %s was reported is not looked at", waited.userId());
        }
    }

    private static void endIfReported(KeycloakSession own, RealmModel realm, Waited waited) {
        long now = Time.currentTimeMillis();
        if (person(own, realm, waited.userId())
                .filter(person -> person.isReportedDuring(waited.passedAt(), waited.completedAt(), now))
                .isPresent()) {
            end(own, realm, waited.userId(), waited.sessionId());
        }
    }

    /** Ends what such a sign-in has become. */
    static void end(KeycloakSession session, RealmModel realm, String userId, String sessionId) {
        PersonsSessions.end(
                session, realm, userId, EndCause.REPORTED, DoneBy.NOBODY, (own, person) -> List.of(sessionId));
    }

    private static Optional<KnownPerson> person(KeycloakSession session, RealmModel realm, String userId) {
        return Transactions.inNew(
                session, realm, (own, ownRealm) -> new KnownDevices(own).person(ownRealm.getId(), userId));
    }

    /**
     * Whether a new password may be chosen in this sign-in: while the one is outstanding that a report has asked for, only where
     * the old one has been given since, or the person comes by a link that was mailed to them.
     */
    public static boolean mayChoosePassword(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn) {
        UserModel user = signIn.getAuthenticatedUser();
        if (user == null
                || !RealmSwitch.isOn(realm)
                || user.getId().equals(signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID))
                || user.getRequiredActionsStream().noneMatch(UserModel.RequiredAction.UPDATE_PASSWORD.name()::equals)) {
            return true;
        }
        // A password that was made since the report answers it.
        long since = Math.max(PassedFactors.passwordAt(signIn).orElse(0), madeAt(user));
        try {
            return person(session, realm, user.getId())
                    .filter(person -> person.isReportedAfter(since, Time.currentTimeMillis()))
                    .isEmpty();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "user %s chooses a password, and it is not known whether the sign-in was reported",
                    user.getId());
            return true; // whoever cannot choose one cannot sign in
        }
    }

    /**
     * To be called before a password is stored.
     *
     * @throws ModelException with a message for the person, if it is chosen in a sign-in that may not
     */
    static void refuseNewPassword(KeycloakSession session, RealmModel realm, UserModel user) {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        if (signIn != null
                && user.equals(signIn.getAuthenticatedUser())
                && !mayChoosePassword(session, realm, signIn)) {
            throw new ModelException(MESSAGE);
        }
    }

    private static long madeAt(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                .findFirst()
                .map(credential -> credential.getCreatedDate() == null ? 0L : credential.getCreatedDate())
                .orElse(0L);
    }
}
