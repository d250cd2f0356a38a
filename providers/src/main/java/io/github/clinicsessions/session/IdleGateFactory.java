package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.RealmSwitch;
import org.keycloak.Config;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.services.clientpolicy.ClientPolicyManagerFactory;

/**
 * Puts the {@link IdleGate} before Keycloak's manager of client policies. Holds what this server remembers of sessions that were let
 * through.
 */
public final class IdleGateFactory implements ClientPolicyManagerFactory {

    /** Keycloak's own, which goes on doing all the work. */
    private static final String KEYCLOAKS = "default";

    private static final int BEFORE_KEYCLOAKS = 1;

    private final IdleMemory memory = new IdleMemory(Time::currentTimeMillis);

    /** The one memory of this server. */
    static IdleMemory memory(KeycloakSession session) {
        ProviderFactory<ClientPolicyManager> factory = session.getKeycloakSessionFactory()
                .getProviderFactory(ClientPolicyManager.class, RealmSwitch.LISTENER_ID);
        return ((IdleGateFactory) factory).memory;
    }

    @Override
    public ClientPolicyManager create(KeycloakSession session) {
        return new IdleGatePolicies(session, session.getProvider(ClientPolicyManager.class, KEYCLOAKS));
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID;
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAKS;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
