package io.github.clinicsessions.session;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.services.managers.ResourceAdminManager;
import org.keycloak.services.util.ResolveRelative;

/** Where a client wants its logout tokens, as {@code ResourceAdminManager#getBackchannelLogoutUrl} has it, without a request. */
final class LogoutUrl {

    private static final String REALMS = "/realms/";

    private LogoutUrl() {}

    /**
     * Null if it has none, or one that depends on the session's host.
     *
     * @param issuer of the session's tokens: relative URLs begin where the server was for the session
     */
    static @Nullable String of(ClientModel client, String issuer) {
        String url = OIDCAdvancedConfigWrapper.fromClientModel(client).getBackchannelLogoutUrl();
        if (url == null || url.isBlank() || url.contains(ResourceAdminManager.CLIENT_SESSION_HOST_PROPERTY)) {
            return null;
        }
        int realms = issuer.lastIndexOf(REALMS);
        String server = realms < 0 ? issuer : issuer.substring(0, realms + 1);
        return ResolveRelative.resolveRelativeUri(server, server, client.getRootUrl(), url);
    }
}
