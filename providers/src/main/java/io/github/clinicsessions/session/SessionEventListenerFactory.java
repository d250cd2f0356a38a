package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerQueue;
import io.github.clinicsessions.platform.RealmSwitch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The event listener {@value RealmSwitch#LISTENER_ID}, which is also the switch of a realm. Holds the one queue of this
 * server, set once before the first request.
 */
public final class SessionEventListenerFactory implements EventListenerProviderFactory {

    private volatile @Nullable LedgerQueue queue;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SessionEventListener(session, Objects.requireNonNull(queue));
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        queue = new LedgerQueue(factory);
    }

    @Override
    public void close() {
        LedgerQueue running = queue;
        if (running != null) {
            running.close();
        }
    }
}
