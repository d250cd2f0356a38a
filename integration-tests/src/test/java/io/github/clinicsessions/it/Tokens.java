package io.github.clinicsessions.it;

import io.github.clinicsessions.it.Http.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A realm's OpenID Connect endpoints as the clients {@code clinic-app} and {@code clinic-api} use them. */
public final class Tokens {

    public static final String APP = "clinic-app";
    public static final String API = "clinic-api";
    public static final String API_SECRET = "clinic-api-demo-secret";

    /** The example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final String realmUrl;

    Tokens(String realmUrl) {
        this.realmUrl = realmUrl;
    }

    /** Signs a person in without a browser; password is the user name. */
    public TokenSet signIn(String username) {
        return signIn(username, "openid", Map.of());
    }

    /** The same with an own {@code User-Agent}. */
    public TokenSet signIn(String username, String userAgent) {
        return signIn(username, "openid", Map.of("User-Agent", userAgent));
    }

    /** The same from an address and with an own {@code User-Agent}; neither needs to be a decent one. */
    public TokenSet signIn(String username, String userAgent, String address) {
        return signIn(username, "openid", Map.of("User-Agent", userAgent, "X-Forwarded-For", address));
    }

    /** An offline session beside the online one, as an app on a phone has it. */
    public TokenSet signInOffline(String username) {
        return signIn(username, "openid offline_access", Map.of());
    }

    /** In a realm of organizations: the token carries the person's, with the roles that their groups give. */
    public TokenSet signInToClinics(String username) {
        return signIn(username, "openid organization:*", Map.of());
    }

    public TokenSet signIn(String username, String scope, Map<String, String> headers) {
        var answer = grant(username, username, scope, headers);
        if (answer.status() != 200) {
            throw new AssertionError("sign-in of " + username + ": " + answer.status() + " " + answer.body());
        }
        return TokenSet.of(answer.json());
    }

    /** The bare answer, for sign-ins that should fail. */
    public Answer grant(String username, String password, String scope, Map<String, String> headers) {
        var form = new LinkedHashMap<String, String>();
        form.put("client_id", APP);
        form.put("grant_type", "password");
        form.put("username", username);
        form.put("password", password);
        form.put("scope", scope);
        return Http.postForm(endpoint("token"), headers, form);
    }

    /** Where a browser begins a sign-in to {@code clinic-app}, or to the client that the further parameters name. */
    public String signInUrl(String scope, Map<String, String> further) {
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", APP);
        query.put("response_type", "code");
        query.put("scope", scope);
        query.put("redirect_uri", callback());
        query.put("code_challenge_method", "S256");
        query.put("code_challenge", CHALLENGE);
        query.putAll(further);
        return endpoint("auth") + "?" + Http.encode(query);
    }

    /** Where it ends; nobody listens there. */
    public String callback() {
        return URI.create(realmUrl).resolve("/callback").toString();
    }

    /** For the code that {@link #callback} was given. */
    public TokenSet redeem(String code) {
        return redeem(APP, code);
    }

    /** The same for another public client. */
    public TokenSet redeem(String clientId, String code) {
        var answer = redemption(clientId, code);
        if (answer.status() != 200) {
            throw new AssertionError("a code: " + answer.status() + " " + answer.body());
        }
        return TokenSet.of(answer.json());
    }

    /** The bare answer, for codes that may not be good any more. */
    public Answer redemption(String clientId, String code) {
        return Http.postForm(
                endpoint("token"),
                Map.of(),
                Map.of(
                        "client_id", clientId,
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", callback(),
                        "code_verifier", VERIFIER));
    }

    /** The access token of {@code clinic-api}'s own service account. */
    public TokenSet serviceAccount() {
        return TokenSet.of(
                Http.postForm(endpoint("token"), apiCredentials(), Map.of("grant_type", "client_credentials"))
                        .json());
    }

    public Answer refresh(TokenSet tokens) {
        return refresh(APP, tokens);
    }

    /** The same for another public client. */
    public Answer refresh(String clientId, TokenSet tokens) {
        return Http.postForm(
                endpoint("token"),
                Map.of(),
                Map.of("client_id", clientId, "grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    /** Whether {@code clinic-api} is told that the access token is good. */
    public boolean introspect(TokenSet tokens) {
        return Http.postForm(endpoint("token/introspect"), apiCredentials(), Map.of("token", tokens.accessToken()))
                .json()
                .path("active")
                .asBoolean();
    }

    public Answer userinfo(TokenSet tokens) {
        return Http.bearer("GET", endpoint("userinfo"), tokens.accessToken(), null);
    }

    /** Keycloak's own Account REST API, path below {@code account/}. */
    public Answer account(String method, String path, TokenSet tokens) {
        return Http.bearer(method, realmUrl + "/account/" + path, tokens.accessToken(), null);
    }

    /** The person's own sign-out, without a browser. */
    public Answer signOut(TokenSet tokens) {
        return Http.postForm(
                endpoint("logout"), Map.of(), Map.of("client_id", APP, "refresh_token", tokens.refreshToken()));
    }

    public Answer revoke(TokenSet tokens) {
        return revoke(APP, tokens);
    }

    /** The same for another public client. */
    public Answer revoke(String clientId, TokenSet tokens) {
        return Http.postForm(
                endpoint("revoke"), Map.of(), Map.of("client_id", clientId, "token", tokens.refreshToken()));
    }

    private String endpoint(String name) {
        return realmUrl + "/protocol/openid-connect/" + name;
    }

    private static Map<String, String> apiCredentials() {
        var credentials = (API + ":" + API_SECRET).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
}
