package io.github.clinicsessions.session;

import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Whether Keycloak keeps sessions in caches beside the database ({@code use-caches}, on by default). */
final class SessionCaches {

    private static final String USE_CACHES = "useCaches";

    private SessionCaches() {}

    /**
     * With caches a look-up between the removal from the cache and the commit puts the session back into the cache: it lives
     * on there, in no list. Unless the provider says that there are none, there are.
     */
    static boolean areUsed(KeycloakSession session) {
        ProviderFactory<UserSessionProvider> factory =
                session.getKeycloakSessionFactory().getProviderFactory(UserSessionProvider.class);
        return !(factory instanceof ServerInfoAwareProviderFactory info
                && "false".equals(info.getOperationalInfo().get(USE_CACHES)));
    }

    /** Whether every session is in Keycloak's database (persistent user sessions, on by default). */
    static boolean allArePersisted() {
        return Profile.isFeatureEnabled(Profile.Feature.PERSISTENT_USER_SESSIONS);
    }
}
