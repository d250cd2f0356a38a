package io.github.clinicsessions.device;

import io.github.clinicsessions.device.jpa.KnownDevices;
import io.github.clinicsessions.platform.ClusterTask;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Sees to it that nothing is kept of devices longer than it may be: not of persons and realms that are deleted, through whatever door
 * and also in realms that are off, and not of what has not been seen for {@value #KEPT_DAYS} days. Its events tell it nothing.
 */
public final class KnownDevicesListenerFactory implements EventListenerProviderFactory {

    /** Longer than a cookie without a sign-in lives, by which a device would be recognised. */
    static final int KEPT_DAYS = 400;

    private static final Logger LOG = Logger.getLogger(KnownDevicesListenerFactory.class);
    private static final int INTERVAL_SECONDS = 60 * 60;
    private static final int BATCH = 500;

    /** The task shares Keycloak's one timer thread; what is left over is for the next time. */
    private static final int BATCHES = 20;

    private volatile Duration interval = Duration.ofSeconds(INTERVAL_SECONDS);

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {
                // what is deleted is told by provider events
            }

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                // nor here
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> onProviderEvent(factory, event));
    }

    private void onProviderEvent(KeycloakSessionFactory factory, ProviderEvent event) {
        if (event instanceof PostMigrationEvent) {
            ClusterTask.schedule(factory, "clinic-known-devices", interval, KnownDevicesListenerFactory::forgetUnseen);
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            String realmId = removed.getRealm().getId();
            String userId = removed.getUser().getId();
            afterCommit(removed.getKeycloakSession(), known -> known.forgetUser(realmId, userId));
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            String realmId = removed.getRealm().getId();
            afterCommit(removed.getKeycloakSession(), known -> known.forgetRealm(realmId));
        }
    }

    private static void afterCommit(KeycloakSession session, Consumer<KnownDevices> forget) {
        Transactions.afterCommit(session, () -> {
            try {
                Transactions.inBackground(
                        session.getKeycloakSessionFactory(), own -> forget.accept(new KnownDevices(own)));
            } catch (RuntimeException e) {
                LOG.error("devices of whom is deleted are kept until they have not been seen for long", e);
            }
        });
    }

    private static void forgetUnseen(KeycloakSessionFactory factory) {
        long before = Time.currentTimeMillis() - Duration.ofDays(KEPT_DAYS).toMillis();
        int deleted = BATCH;
        for (int batch = 0; batch < BATCHES && deleted >= BATCH; batch++) {
            deleted = Transactions.resultInBackground(
                    factory, session -> new KnownDevices(session).forgetUnseen(before, BATCH));
        }
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-devices";
    }

    /** Option {@code retention-interval}: seconds, 1 or more, from one look for what is to be forgotten to the next. */
    @Override
    public void init(Config.Scope config) {
        interval = Duration.ofSeconds(Math.max(1, config.getInt("retentionInterval", INTERVAL_SECONDS)));
    }

    @Override
    public void close() {}
}
