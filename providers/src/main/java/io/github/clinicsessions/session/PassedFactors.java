package io.github.clinicsessions.session;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * When a sign-in under way had passed its first factor, noted in the sign-in. Sign-ins cannot be looked up by person; so whoever wants
 * to end one that is half finished compares when it becomes a session.
 */
public final class PassedFactors {

    /** Auth note: milliseconds since the epoch. Keycloak clears its notes when a sign-in starts over. */
    private static final String PASSWORD = "clinic_password_passed_at";

    /** Auth note: the same, of a page that is shown when it is known whose sign-in it is. */
    private static final String PAGE = "clinic_factor_passed_at";

    private PassedFactors() {}

    /**
     * A page is shown in the sign-in. If it is known by then whose it is, a factor may have been passed: the first such page counts,
     * which is too early where only a name has been given, and is put right by {@link #password}. A session that is joined has
     * passed none here.
     */
    public static void atPage(AuthenticationSessionModel signIn) {
        if (signIn.getAuthenticatedUser() != null
                && signIn.getAuthNote(PAGE) == null
                && !Boolean.parseBoolean(signIn.getAuthNote(AuthenticationManager.SSO_AUTH))) {
            note(signIn, PAGE);
        }
    }

    /** A password has been passed. */
    static void password(AuthenticationSessionModel signIn) {
        note(signIn, PASSWORD);
    }

    /** When a password was passed in the sign-in, milliseconds since the epoch; empty if none was. */
    static OptionalLong passwordAt(AuthenticationSessionModel signIn) {
        return millis(signIn.getAuthNote(PASSWORD));
    }

    /**
     * When the sign-in of this request that has become the session had passed its first factor; empty where it never waited.
     *
     * @return milliseconds since the epoch
     */
    static OptionalLong at(KeycloakSession session, String sessionId) {
        return SignIns.current(session, sessionId)
                .map(signIn -> {
                    OptionalLong password = passwordAt(signIn);
                    return password.isPresent() ? password : millis(signIn.getAuthNote(PAGE));
                })
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong millis(@Nullable String noted) {
        return noted == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(noted));
    }

    private static void note(AuthenticationSessionModel signIn, String name) {
        signIn.setAuthNote(name, String.valueOf(Time.currentTimeMillis()));
    }
}
