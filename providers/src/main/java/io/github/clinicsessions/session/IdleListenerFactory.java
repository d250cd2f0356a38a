package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Runs the sweep for idle sessions, and hears of what may make a person's rule stricter: a role, a group, an organization. Global,
 * because roles are also given where no realm's own listener is told. Holds the sweep and its one thread.
 */
public final class IdleListenerFactory implements EventListenerProviderFactory {

    private static final Logger LOG = Logger.getLogger(IdleListenerFactory.class);
    private static final int SWEEP_SECONDS = 5;

    /** A directory that gives roles to thousands does so within one transaction or soon after: one look is enough for all. */
    private static final long TOGETHER_MILLIS = 500;

    private final ChangedRules changed = new ChangedRules();

    private final IdleSweep sweep = new IdleSweep();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "clinic-sessions-idle");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Duration interval = Duration.ofSeconds(SWEEP_SECONDS);

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {
                // only what administrators change
            }

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                if (event.getError() == null && concernsManyPersons(event)) {
                    lookAgain(session, session.realms().getRealm(event.getRealmId()), null);
                }
            }

            @Override
            public void close() {}
        };
    }

    /** A role of a group, or a role within a role. */
    private static boolean concernsManyPersons(AdminEvent event) {
        ResourceType type = event.getResourceType();
        String path = event.getResourcePath() == null ? "" : event.getResourcePath();
        boolean ofGroup = (type == ResourceType.REALM_ROLE_MAPPING || type == ResourceType.CLIENT_ROLE_MAPPING)
                && !path.startsWith("users/");
        return ofGroup || path.contains("/composites");
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                var unused = executor.scheduleWithFixedDelay(
                        () -> sweep.run(factory), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                onChange(event);
            }
        });
    }

    private void onChange(ProviderEvent event) {
        if (event instanceof RoleModel.RoleGrantedEvent granted) {
            lookAgain(granted.getKeycloakSession(), granted.getRealm(), granted.getUser());
        } else if (event instanceof GroupModel.GroupMemberJoinEvent joined) {
            lookAgain(joined.getKeycloakSession(), joined.getRealm(), joined.getUser());
        } else if (event instanceof OrganizationModel.OrganizationMemberJoinEvent joined) {
            KeycloakSession session = joined.getSession();
            lookAgain(session, session.getContext().getRealm(), joined.getUser());
        } else if (event instanceof OrganizationModel.OrganizationMemberLeaveEvent left) {
            // Whoever has no clinic has the realm's time-out, which may be the shorter one.
            KeycloakSession session = left.getSession();
            lookAgain(session, session.getContext().getRealm(), left.getUser());
        }
    }

    /**
     * Never fails whoever changes it. What is missed here is noticed when the session is next due.
     *
     * @param user null for everybody of the realm
     */
    private void lookAgain(KeycloakSession session, @Nullable RealmModel realm, @Nullable UserModel user) {
        try {
            if (realm == null || !RealmSwitch.isOn(realm)) {
                return;
            }
            String realmId = realm.getId();
            String userId = user == null ? null : user.getId();
            KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
            Transactions.afterCommit(session, () -> {
                if (changed.add(realmId, userId)) {
                    writeSoon(factory);
                }
            });
        } catch (RuntimeException e) {
            LOG.error("a stricter idle time-out may count a little later", e);
        }
    }

    private void writeSoon(KeycloakSessionFactory factory) {
        try {
            var unused = executor.schedule(() -> changed.lookAgain(factory), TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is stopping: noticed when the session is next due", e);
        }
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-idle";
    }

    /** Option {@code sweep-interval}: seconds, 1 or more, from the end of one run to the next. */
    @Override
    public void init(Config.Scope config) {
        interval = Duration.ofSeconds(Math.max(1, config.getInt("sweepInterval", SWEEP_SECONDS)));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
