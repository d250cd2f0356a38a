package io.github.clinicsessions.session;

import java.util.OptionalLong;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * When a sign-in under way had passed its first factor, noted in the sign-in. Sign-ins cannot be looked up by person; so whoever wants
 * to end one that is half finished compares when it becomes a session.
 */
public final class PassedFactors {

    /** Auth note: milliseconds since the epoch. Keycloak clears it when a sign-in starts over. */
    private static final String NOTE = "clinic_factor_passed_at";

    private PassedFactors() {}

    /**
     * A page is shown in the sign-in. If it is known by then whose it is, a factor may have been passed: the first such page counts,
     * which is too early where only a name has been given, and is put right by {@link #password}.
     */
    public static void atPage(AuthenticationSessionModel signIn) {
        if (signIn.getAuthenticatedUser() != null && signIn.getAuthNote(NOTE) == null) {
            note(signIn);
        }
    }

    /** A password has been passed. */
    static void password(AuthenticationSessionModel signIn) {
        note(signIn);
    }

    /**
     * When the sign-in of this request that has become the session had passed its first factor; empty where it never waited.
     *
     * @return milliseconds since the epoch
     */
    static OptionalLong at(KeycloakSession session, String sessionId) {
        return SignIns.current(session, sessionId).map(PassedFactors::at).orElse(OptionalLong.empty());
    }

    /** The same of a sign-in under way. */
    static OptionalLong at(AuthenticationSessionModel signIn) {
        String noted = signIn.getAuthNote(NOTE);
        return noted == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(noted));
    }

    private static void note(AuthenticationSessionModel signIn) {
        signIn.setAuthNote(NOTE, String.valueOf(Time.currentTimeMillis()));
    }
}
