package io.github.clinicsessions.session;

import org.jspecify.annotations.Nullable;

/**
 * What one client is to be told: the end of a session of its.
 *
 * @param url where to post the logout token to (OpenID Connect Back-Channel Logout 1.0, section 2.5)
 * @param logoutToken the signed token; null where Keycloak's own protocol code does the telling
 * @param telling Keycloak's own protocol code, for what is not plain OpenID Connect
 */
record ClientNotice(
        String clientId,
        @Nullable String url,
        @Nullable String logoutToken,
        @Nullable Runnable telling) {

    static ClientNotice backchannel(String clientId, String url, String logoutToken) {
        return new ClientNotice(clientId, url, logoutToken, null);
    }

    static ClientNotice byProtocol(String clientId, Runnable telling) {
        return new ClientNotice(clientId, null, null, telling);
    }
}
