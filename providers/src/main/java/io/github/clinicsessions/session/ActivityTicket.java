package io.github.clinicsessions.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.clinicsessions.platform.SessionRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.TokenCategory;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.common.util.Time;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager.NotBeforeCheck;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.urls.UrlType;

/**
 * With what our own pages, which have no access token, ask and report whether a human is there: a JWT that names a session and is
 * good for nothing else. Signed with the realm's secret key, as Keycloak's cookies are. Its own {@code typ} keeps Keycloak from
 * taking it for a token of its own, and us from taking one of those for it (RFC 8725, 3.11).
 */
public final class ActivityTicket {

    private static final String TYPE = "ClinicActivity";

    /** If the session may live longer, its pages are loaded again until then. */
    private static final Duration LIFE = Duration.ofHours(24);

    private ActivityTicket() {}

    /** For an online session; good as long as that may live, 24 hours at most. */
    public static String of(KeycloakSession session, RealmModel realm, UserSessionModel online) {
        Instant latest = Instant.ofEpochSecond(Time.currentTimeSeconds()).plus(LIFE);
        Instant max = SessionSpan.of(online).maxExpiry(realm);
        Claims claims = new Claims();
        claims.type(TYPE);
        claims.issuer(issuer(session, realm));
        claims.iat(Time.currentTimeSeconds());
        claims.exp((max != null && max.isBefore(latest) ? max : latest).getEpochSecond());
        claims.sessionId = online.getId();
        claims.startedAt = online.getStarted();
        return session.tokens().encode(claims);
    }

    /** Whether it says that it is one; nothing is verified. */
    public static boolean isOne(String token) {
        try {
            JsonWebToken claims = new JWSInput(token).readJsonContent(JsonWebToken.class);
            return claims != null && TYPE.equals(claims.getType()); // null is JSON too
        } catch (JWSInputException e) {
            return false;
        }
    }

    /** The session, if the ticket is a valid one of this realm and the session lives. */
    public static Optional<UserSessionModel> online(KeycloakSession session, RealmModel realm, String ticket) {
        Claims claims = session.tokens().decode(ticket, Claims.class);
        String sessionId = claims == null ? null : claims.sessionId;
        if (sessionId == null || !SessionRef.isWellFormedId(sessionId)) {
            return Optional.empty();
        }
        UserSessionModel online = session.sessions().getUserSession(realm, sessionId);
        // Keycloak uses an id again: a later session of it is not meant.
        boolean lives = AuthenticationManager.isSessionValid(realm, online)
                && online.getStarted() == claims.startedAt
                && online.getUser() != null
                && online.getUser().isEnabled();
        return lives && isValid(session, realm, online.getUser(), claims) ? Optional.of(online) : Optional.empty();
    }

    private static boolean isValid(KeycloakSession session, RealmModel realm, UserModel user, Claims claims) {
        try {
            TokenVerifier.createWithoutSignature(claims)
                    .withChecks(
                            new TokenVerifier.TokenTypeCheck(List.of(TYPE)),
                            new TokenVerifier.RealmUrlCheck(issuer(session, realm)),
                            TokenVerifier.IS_ACTIVE,
                            NotBeforeCheck.forModel(realm),
                            NotBeforeCheck.forModel(session, realm, user))
                    .verify();
            return claims.getExp() != null;
        } catch (VerificationException e) {
            return false;
        }
    }

    private static String issuer(KeycloakSession session, RealmModel realm) {
        return Urls.realmIssuer(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName());
    }

    /** Mutable as all of Keycloak's are. */
    static final class Claims extends JsonWebToken {

        @JsonProperty("sid")
        @Nullable
        String sessionId;

        /** Seconds since the epoch. */
        @JsonProperty("session_started")
        long startedAt;

        @Override
        public TokenCategory getCategory() {
            return TokenCategory.INTERNAL;
        }
    }
}
