package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * Who is signed in by cookie.
 *
 * @param stateChecker Keycloak's value that is bound to the identity cookie; a form that changes something carries it
 */
record SignedIn(UserModel user, UserSessionModel userSession, String stateChecker, Caller caller) {

    /** Whether a form came from a page that this sign-in was shown. */
    boolean isOwnForm(@Nullable String stateCheckerOfForm) {
        return stateCheckerOfForm != null
                && !stateChecker.isEmpty()
                && MessageDigest.isEqual(
                        stateChecker.getBytes(StandardCharsets.UTF_8),
                        stateCheckerOfForm.getBytes(StandardCharsets.UTF_8));
    }
}
