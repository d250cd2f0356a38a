package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.clinicsessions.api.EndedRepresentation.EndedSessionRepresentation;
import io.github.clinicsessions.platform.SigningKeys;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The answer of {@code ended} as a JWT that verifies with the realm's published keys. */
final class EndedToken {

    static final String MEDIA_TYPE = "application/jwt";

    /** Header {@code typ}: no token of another kind passes for a feed, nor a feed for one of those (RFC 8725, 3.11). */
    static final String TYPE = "clinic-ended+jwt";

    /** Seconds. An answer is news; whoever gets it later has been kept from newer ones. */
    private static final long LIFESPAN = 30;

    private EndedToken() {}

    /** @param audience the client that asked */
    static String sign(
            KeycloakSession session, RealmModel realm, String issuer, String audience, EndedRepresentation answer) {
        KeyWrapper key = SigningKeys.active(session, realm);
        long now = Time.currentTimeSeconds();
        return new JWSBuilder()
                .type(TYPE)
                .jsonContent(new Claims(issuer, audience, now, now + LIFESPAN, answer.cursor(), answer.ended()))
                .sign(session.getProvider(SignatureProvider.class, key.getAlgorithmOrDefault())
                        .signer(key));
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Claims(
            @JsonProperty("iss") String issuer,
            @JsonProperty("aud") String audience,
            @JsonProperty("iat") long issuedAt,
            @JsonProperty("exp") long expiresAt,
            @JsonProperty("cursor") String cursor,
            @JsonProperty("ended") List<EndedSessionRepresentation> ended) {}
}
