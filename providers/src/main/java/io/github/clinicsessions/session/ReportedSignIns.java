package io.github.clinicsessions.session;

import io.github.clinicsessions.device.jpa.KnownDevices;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Sign-ins under way that had passed a factor before the person said that somebody else signs in as them. They end when they complete
 * ({@link Arrivals}); before that, they must not be the ones that choose the new password which is asked for since.
 */
final class ReportedSignIns {

    /** Key of Keycloak's sign-in pages. */
    private static final String MESSAGE = "clinicSignInReported";

    private static final Logger LOG = Logger.getLogger(ReportedSignIns.class);

    private ReportedSignIns() {}

    /**
     * To be called before a password is stored.
     *
     * @throws ModelException with a message for the person, if the password is chosen in such a sign-in
     */
    static void refuseNewPassword(KeycloakSession session, RealmModel realm, UserModel user) {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        if (signIn != null
                && RealmSwitch.isOn(realm)
                && user.equals(signIn.getAuthenticatedUser())
                && isReported(session, realm, user, PassedFactors.at(signIn))) {
            throw new ModelException(MESSAGE);
        }
    }

    private static boolean isReported(
            KeycloakSession session, RealmModel realm, UserModel user, OptionalLong passedAt) {
        String userId = user.getId();
        try {
            return passedAt.isPresent()
                    && Transactions.inNew(
                                    session,
                                    realm,
                                    (own, ownRealm) -> new KnownDevices(own).reportedAt(ownRealm.getId(), userId))
                            > passedAt.getAsLong();
        } catch (RuntimeException e) {
            LOG.errorf(e, "user %s chooses a password, and it is not known whether the sign-in was reported", userId);
            return false; // whoever cannot choose one cannot sign in
        }
    }
}
