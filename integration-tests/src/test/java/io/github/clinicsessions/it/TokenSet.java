package io.github.clinicsessions.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the token endpoint gave to one sign-in; strings that it did not give are empty. */
public record TokenSet(String accessToken, String refreshToken, String idToken) {

    static TokenSet of(JsonNode answer) {
        return new TokenSet(
                answer.path("access_token").asText(""),
                answer.path("refresh_token").asText(""),
                answer.path("id_token").asText(""));
    }

    /** The session's id, of the online or of the offline session. */
    public String sessionId() {
        return claims().path("sid").asText();
    }

    /** The access token's claims, unverified. */
    public JsonNode claims() {
        var payload = accessToken.split("\\.", -1)[1];
        return Http.parse(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }
}
