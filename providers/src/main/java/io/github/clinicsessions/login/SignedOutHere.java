package io.github.clinicsessions.login;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.session.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * Whether the browser was signed out because of the session limit. Noted in the sign-in, for Keycloak's pages take away the cookies
 * that tell it. Costs a query in a browser that has such a cookie, once for each sign-in that is begun, in realms where somebody may
 * have a limit. Never throws.
 */
final class SignedOutHere {

    private static final Logger LOG = Logger.getLogger(SignedOutHere.class);

    private static final Duration TOLD_FOR = Duration.ofHours(12);

    /** Auth note: when, in milliseconds since the epoch; empty for never. */
    private static final String NOTE = "clinic_signed_out_at";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;

    SignedOutHere(KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn) {
        this.session = session;
        this.realm = realm;
        this.signIn = signIn;
    }

    /** When; empty if it was not. */
    Optional<Instant> at() {
        try {
            String noted = signIn.getAuthNote(NOTE);
            if (noted == null) {
                noted = RealmSwitch.isOn(realm) && new SessionLimits(session).areThere(realm) ? find() : "";
            }
            return noted.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(noted)));
        } catch (RuntimeException e) {
            LOG.warnf(e, "realm %s: a sign-in page does not say why the person was signed out", realm.getName());
            return Optional.empty();
        }
    }

    private String find() {
        SignedOutCookie kept = new SignedOutCookie(session);
        String sessionId = sessionId(new BrowserCookies(session), kept);
        if (sessionId == null) {
            return "";
        }
        Optional<String> at = Transactions.inNew(
                        session,
                        realm,
                        (own, ownRealm) -> own.getProvider(LedgerStoreProvider.class)
                                .findLatest(ownRealm.getId(), SessionRef.of(sessionId)))
                .filter(SignedOutHere::isByLimit)
                .map(row -> String.valueOf(row.occurredAt()));
        if (at.isPresent()) {
            kept.keep(realm, sessionId, !isSilent());
        }
        signIn.setAuthNote(NOTE, at.orElse(""));
        return at.orElse("");
    }

    private @Nullable String sessionId(BrowserCookies cookies, SignedOutCookie cookie) {
        String signedIn = cookies.signedIn();
        if (signedIn != null) {
            return signedIn;
        }
        String kept = cookies.decoded(cookie.value());
        if (kept != null) {
            return kept;
        }
        String last = cookies.lastSignIn();
        return last == null || last.equals(signIn.getParentSession().getId()) ? null : last;
    }

    /** Nobody is going to see the page. */
    private boolean isSilent() {
        return TokenUtil.hasPrompt(
                signIn.getClientNote(OIDCLoginProtocol.PROMPT_PARAM), OIDCLoginProtocol.PROMPT_VALUE_NONE);
    }

    /** Whoever comes days later, to a shared computer for one, is told nothing of it. */
    private static boolean isByLimit(LedgerRow row) {
        return row.action() == LedgerAction.SESSION_ENDED
                && row.cause() == EndCause.SESSION_LIMIT
                && row.occurredAt() > Time.currentTimeMillis() - TOLD_FOR.toMillis();
    }
}
