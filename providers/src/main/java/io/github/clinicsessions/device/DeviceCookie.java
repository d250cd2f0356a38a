package io.github.clinicsessions.device;

import io.github.clinicsessions.platform.RealmCookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.TokenCategory;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/**
 * By which a browser is recognised: a JWT with an id that nobody can guess, and nothing about whoever signs in there, for clinic PCs are shared. It
 * opens nothing; whoever steals it is taken for that device, and still has to sign in. Signed with the realm's secret key, as
 * Keycloak's cookies are. Its own {@code typ} keeps Keycloak from taking it for a token of its own, and us from taking one of those
 * for it (RFC 8725, 3.11).
 */
public final class DeviceCookie {

    public static final String NAME = "CLINIC_DEVICE";

    private static final String TYPE = "clinic-device";

    /** From the last sign-in on. */
    private static final Duration LIFE = Duration.ofDays(365);

    private static final int ID_BYTES = 16;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}"); // 16 bytes in Base64

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmCookie cookie;

    /** @param realm that of the session's context, whose keys sign it */
    public DeviceCookie(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        cookie = new RealmCookie(session, NAME);
    }

    /**
     * Somebody signs in: gives the browser a cookie for another year, with the id that it has, or else a new one. That is made of the
     * sign-in, so that requests of a browser which sign in at the same time, as those of an application's frames do, give it one and
     * not several.
     *
     * @param signIn names the sign-in; has the random id of its session in it
     * @return its {@link KnownDevice#hash()}; the same when it is called again in a request
     */
    public String keep(String signIn) {
        String id = session.getAttribute(NAME, String.class);
        if (id == null) {
            id = id(cookie.value()).orElseGet(() -> newId(signIn));
            session.setAttribute(NAME, id);
            cookie.write(realm, signed(id), LIFE);
        }
        return hashOf(id);
    }

    private static String newId(String signIn) {
        byte[] digest = sha256(TYPE + ' ' + signIn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, ID_BYTES));
    }

    private String signed(String id) {
        Claims claims = new Claims();
        claims.type(TYPE);
        claims.issuer(issuer());
        claims.id(id);
        claims.iat(Long.valueOf(Time.currentTimeSeconds()));
        claims.exp(Time.currentTimeSeconds() + LIFE.toSeconds());
        return session.tokens().encode(claims);
    }

    /** Only the signature is checked by decoding. */
    private Optional<String> id(@Nullable String value) {
        Claims claims = value == null ? null : session.tokens().decode(value, Claims.class);
        if (claims == null || claims.getExp() == null || claims.getId() == null) {
            return Optional.empty();
        }
        try {
            TokenVerifier.createWithoutSignature(claims)
                    .withChecks(
                            new TokenVerifier.TokenTypeCheck(List.of(TYPE)),
                            new TokenVerifier.RealmUrlCheck(issuer()),
                            TokenVerifier.IS_ACTIVE)
                    .verify();
        } catch (VerificationException e) {
            return Optional.empty();
        }
        return Optional.of(claims.getId()).filter(id -> ID.matcher(id).matches());
    }

    private String issuer() {
        return Urls.realmIssuer(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName());
    }

    static String hashOf(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(id));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Mutable as all of Keycloak's are. */
    static final class Claims extends JsonWebToken {

        @Override
        public TokenCategory getCategory() {
            return TokenCategory.INTERNAL;
        }
    }
}
