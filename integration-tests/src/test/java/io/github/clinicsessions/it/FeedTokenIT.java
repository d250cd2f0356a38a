package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.clinicsessions.it.Http.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The feed as a JWT, verified as a gateway does it: by the realm's published keys. */
class FeedTokenIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private final FeedRows rows = new FeedRows(REALM);

    @Test
    void theAnswerIsSignedByTheRealmForTheCaller() throws Exception {
        var sid = rows.add(REALM.userId("staff"));

        var answer = Awaitility.await()
                .until(() -> ended("", "application/jwt"), one -> one.body().length() > 700);
        var claims = verify(answer.body());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/jwt");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var json = ended("", "application/json").json();
        assertThat(claims.getStringClaim("cursor"))
                .isEqualTo(json.path("cursor").asText());
        assertThat(Http.JSON.valueToTree(claims.getListClaim("ended")).toString())
                .contains(sid)
                .isEqualTo(json.path("ended").toString());
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoHasWaitedGetsASignedAnswerToo() throws Exception {
        var cursor = ended("", "application/json").json().path("cursor").asText();

        var claims = verify(ended("?wait=1&since=" + cursor, "application/jwt").body());

        assertThat(claims.getStringClaim("cursor")).isEqualTo(cursor);
        assertThat(claims.getListClaim("ended")).isEmpty();
    }

    @Test
    void whoTakesBothGetsWhatTheyPrefer() {
        assertThat(ended("", "application/json;q=0.5, application/jwt").header("Content-Type"))
                .startsWith("application/jwt");
        assertThat(ended("", "application/jwt;q=0.5, application/json").header("Content-Type"))
                .startsWith("application/json");
        assertThat(ended("", "*/*").header("Content-Type")).startsWith("application/json");
    }

    @Test
    void noOtherTokenOfTheRealmPassesForAFeed() {
        assertThatThrownBy(() -> verify(REALM.tokens().serviceAccount().accessToken()))
                .isInstanceOf(BadJOSEException.class);
    }

    private static JWTClaimsSet verify(String token) throws Exception {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("clinic-ended+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256,
                JWKSourceBuilder.create(URI.create(REALM.url() + "/protocol/openid-connect/certs")
                                .toURL())
                        .build()));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Tokens.API,
                new JWTClaimsSet.Builder().issuer(REALM.url()).build(),
                Set.of("iat", "exp", "cursor", "ended")));
        return processor.process(token, null);
    }

    private static Answer ended(String query, String accept) {
        return FeedIT.get(REALM, REALM.tokens().serviceAccount().accessToken(), query, Map.of("Accept", accept));
    }
}
