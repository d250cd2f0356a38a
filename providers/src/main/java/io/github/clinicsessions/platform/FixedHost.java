package io.github.clinicsessions.platform;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.HostnameProvider;

/** Whether the address of the server is configured, or is what each request says that it is. */
public final class FixedHost {

    private FixedHost() {}

    /** By option {@code hostname}, or by the realm's <i>Frontend URL</i>. */
    public static boolean isOf(KeycloakSession session, RealmModel realm) {
        String frontendUrl = realm.getAttribute("frontendUrl");
        return (frontendUrl != null && !frontendUrl.isBlank()) || isConfigured(session);
    }

    private static boolean isConfigured(KeycloakSession session) {
        String provider = session.getKeycloakSessionFactory()
                .getProviderFactory(HostnameProvider.class)
                .getId();
        String hostname = Config.scope("hostname", provider).get("hostname");
        return hostname != null && !hostname.isBlank();
    }
}
