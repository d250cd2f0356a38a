package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;

/** An owner's calls of {@code clinic-sessions/v1}, and what tests need around them. */
final class OwnersApi {

    /** Scope whose tokens say that the person signed in 16 minutes ago. */
    static final String STALE = "stale";

    private final TestRealm realm;
    private final TokenSet owner;

    /** In a realm of organizations too: the token carries the role in each of theirs. */
    static OwnersApi of(TestRealm realm, String username) {
        return new OwnersApi(realm, realm.tokens().signInToClinics(username));
    }

    OwnersApi(TestRealm realm, TokenSet owner) {
        this.realm = realm;
        this.owner = owner;
    }

    Answer get(String path) {
        return Http.bearer("GET", realm.api(path), owner.accessToken(), null);
    }

    Answer delete(String path) {
        return Http.bearer("DELETE", realm.api(path), owner.accessToken(), null);
    }

    Answer post(String path, String body) {
        return Http.bearer("POST", realm.api(path), owner.accessToken(), body);
    }

    Answer put(String path, String body) {
        return Http.bearer("PUT", realm.api(path), owner.accessToken(), body);
    }

    /** The JSON of an answer that has to be 200. */
    static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    static void assertIsNotThere(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.json()).isEqualTo(Http.parse("{\"status\":404,\"title\":\"Not Found\"}"));
    }

    /** Lets {@code clinic-app} ask for the scope {@link #STALE}. */
    static void offerStaleTokens(TestRealm realm) {
        var mapper = new ProtocolMapperRepresentation();
        mapper.setName("auth_time");
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper("oidc-hardcoded-claim-mapper");
        mapper.setConfig(Map.of(
                "claim.name", "auth_time",
                "claim.value", Long.toString(Instant.now().getEpochSecond() - 16 * 60),
                "jsonType.label", "long",
                "access.token.claim", "true"));
        var scope = new ClientScopeRepresentation();
        scope.setName(STALE);
        scope.setProtocol("openid-connect");
        scope.setProtocolMappers(List.of(mapper));
        try (var response = realm.admin().clientScopes().create(scope)) {
            var id = response.getLocation().getPath().replaceAll(".*/", "");
            var app = realm.admin().clients().findByClientId(Tokens.APP).get(0).getId();
            realm.admin().clients().get(app).addOptionalClientScope(id);
        }
    }
}
