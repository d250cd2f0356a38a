package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.platform.Transactions;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;

/**
 * Links with which a person says, without a sign-in, that a session was not theirs. Good once and for {@link #VALID}. To open one
 * changes nothing and does not use it up: whatever reads mails before people do opens links too.
 */
public final class ReportLinks {

    public static final Duration VALID = Duration.ofHours(24);

    /** Below the realm's URL; with the token behind it. In the path, so that the links of the page that change its language have it. */
    private static final String PATH = "clinic-sessions/v1/report/{key}";

    /** Ours have about 700 characters. */
    private static final int LONGEST = 4_000;

    /** So that a use is remembered for longer than the token lives, whatever clocks say. */
    private static final long MARGIN_SECONDS = 60;

    private final KeycloakSession session;
    private final RealmModel realm;

    public ReportLinks(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * A link for the person. The session's context must have the realm.
     *
     * @param baseUri of the server as the person reaches it, ending in a slash
     * @param noticed of that session, what the mail says
     */
    public URI of(URI baseUri, String userId, String sessionId, NoticedSignIn noticed) {
        String issuer = issuer(baseUri);
        ReportToken token = new ReportToken(
                userId, (int) (Time.currentTimeSeconds() + VALID.toSeconds()), SessionRef.of(sessionId), noticed);
        token.issuedNow();
        token.issuer(issuer);
        token.audience(issuer);
        return UriBuilder.fromUri(issuer).path(PATH).build(session.tokens().encode(token));
    }

    /**
     * A link that may be used.
     *
     * @param person whose it is, who is still there
     */
    public record Open(ReportToken token, String sessionRef, NoticedSignIn noticed, UserModel person) {}

    /** Empty for what is forged, expired, used, of another realm or of a person who is gone, and where the realm is off. */
    public Optional<Open> open(@Nullable String key) {
        if (key == null || key.length() > LONGEST || !RealmSwitch.isOn(realm)) {
            return Optional.empty();
        }
        ReportToken token = session.tokens().decode(key, ReportToken.class); // looks at nothing but the signature
        String ref = token == null ? null : token.sessionRef();
        NoticedSignIn noticed = token == null ? null : token.noticed();
        if (token == null || ref == null || noticed == null || !isGenuine(token)) {
            return Optional.empty();
        }
        UserModel person = session.users().getUserById(realm, token.getUserId());
        return person == null
                        || session.singleUseObjects().contains(token.serializeKey())
                        || isReported(person.getId(), ref, noticed)
                ? Optional.empty()
                : Optional.of(new Open(token, ref, noticed, person));
    }

    /** The ledger's word is what lasts: Keycloak may keep what has been used in memory. */
    private boolean isReported(String userId, String ref, NoticedSignIn noticed) {
        return Transactions.inNew(
                session,
                realm,
                (own, ownRealm) -> own.getProvider(LedgerStoreProvider.class)
                        .hasReported(ownRealm.getId(), userId, ref, noticed.toldAt()));
    }

    /** Uses the link up; false if it has been already. Of several at once one succeeds. */
    public boolean use(ReportToken token) {
        long seconds = Math.max(0, token.getExp() - Time.currentTimeSeconds()) + MARGIN_SECONDS;
        // Committed before anything is done, wherever it is kept.
        return Transactions.inNew(
                session, realm, (own, ownRealm) -> own.singleUseObjects().putIfAbsent(token.serializeKey(), seconds));
    }

    /** For a link with which nothing could be done; without effect once the ledger has it that it was. */
    public void giveBack(ReportToken token) {
        var unused = Transactions.inNew(session, realm, (own, ownRealm) -> {
            own.singleUseObjects().remove(token.serializeKey());
            return true;
        });
    }

    private boolean isGenuine(ReportToken token) {
        try {
            if (token.getActionVerificationNonce() == null
                    || token.getExp() == null
                    || token.getExp() > Time.currentTimeSeconds() + VALID.toSeconds()) {
                return false;
            }
            TokenVerifier.createWithoutSignature(token)
                    .withChecks(
                            TokenVerifier.SUBJECT_EXISTS_CHECK,
                            TokenVerifier.IS_ACTIVE,
                            new TokenVerifier.TokenTypeCheck(List.of(ReportToken.TYPE)),
                            new TokenVerifier.RealmUrlCheck(
                                    issuer(session.getContext().getUri().getBaseUri())))
                    .verify();
            return true;
        } catch (VerificationException e) {
            return false;
        }
    }

    private String issuer(URI baseUri) {
        return Urls.realmIssuer(baseUri, realm.getName());
    }
}
