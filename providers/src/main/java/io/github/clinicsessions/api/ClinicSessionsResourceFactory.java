package io.github.clinicsessions.api;

import io.github.clinicsessions.registry.feed.EndedFeed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** The realm resource {@code clinic-sessions}. Holds this server's one feed, set once, before the first request. */
public final class ClinicSessionsResourceFactory implements RealmResourceProviderFactory {

    /** Who waits costs a connection and some kilobytes, but no thread. */
    private static final int WAITING_AT_MOST = 1_000;

    private volatile int waitingAtMost = WAITING_AT_MOST;
    private volatile @Nullable EndedFeed feed;

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new ClinicSessionsResource(session, Objects.requireNonNull(feed));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return "clinic-sessions";
    }

    @Override
    public void init(Config.Scope config) {
        waitingAtMost = Math.max(0, config.getInt("max-waiting", WAITING_AT_MOST));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        feed = EndedFeed.start(factory, waitingAtMost);
    }

    @Override
    public void close() {
        EndedFeed running = feed;
        if (running != null) {
            running.close();
        }
    }
}
