package io.github.clinicsessions.login;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.platform.Transactions;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether the browser was signed out because of the session limit. Noted in the sign-in, for Keycloak's pages take away the cookies
 * that tell it. Costs a query in a browser that has such a cookie, once for each sign-in that is begun. Never throws.
 */
final class SignedOutHere {

    private static final Logger LOG = Logger.getLogger(SignedOutHere.class);

    /** Auth note: when, in milliseconds since the epoch; empty for never. */
    private static final String NOTE = "clinic_signed_out_at";

    private final KeycloakSession session;

    SignedOutHere(KeycloakSession session) {
        this.session = session;
    }

    /** When; empty if it was not. */
    Optional<Instant> at(RealmModel realm, AuthenticationSessionModel signIn) {
        try {
            String noted = signIn.getAuthNote(NOTE);
            if (noted == null) {
                noted = RealmSwitch.isOn(realm) ? find(realm, signIn) : "";
            }
            return noted.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(noted)));
        } catch (RuntimeException e) {
            LOG.warnf(e, "realm %s: a sign-in page does not say why the person was signed out", realm.getName());
            return Optional.empty();
        }
    }

    private String find(RealmModel realm, AuthenticationSessionModel signIn) {
        BrowserCookies cookies = new BrowserCookies(session);
        String begun = signIn.getParentSession().getId();
        String sessionId = Stream.of(
                        Optional.ofNullable(cookies.signedIn()),
                        Optional.ofNullable(cookies.lastSignIn()).filter(last -> !last.equals(begun)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        if (sessionId == null) {
            return "";
        }
        String at = Transactions.inNew(
                        session,
                        realm,
                        (own, ownRealm) -> own.getProvider(LedgerStoreProvider.class)
                                .findLatest(ownRealm.getId(), SessionRef.of(sessionId)))
                .filter(SignedOutHere::isByLimit)
                .map(row -> String.valueOf(row.occurredAt()))
                .orElse("");
        signIn.setAuthNote(NOTE, at);
        return at;
    }

    private static boolean isByLimit(LedgerRow row) {
        return row.action() == LedgerAction.SESSION_ENDED && Objects.equals(row.cause(), EndCause.SESSION_LIMIT);
    }
}
