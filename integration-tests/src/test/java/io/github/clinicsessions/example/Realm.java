package io.github.clinicsessions.example;

/**
 * The realm that an API trusts, and the client that the API is there.
 *
 * @param url {@code https://…/realms/{realm}}
 */
public record Realm(String url, String clientId, String clientSecret) {

    String endpoint(String name) {
        return url + "/protocol/openid-connect/" + name;
    }
}
