package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.platform.Clinics;
import io.github.clinicsessions.platform.ClusterTask;
import io.github.clinicsessions.platform.OptOuts;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.jpa.Registries;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Keeps the registry of living sessions in step with realms and persons: takes in what a realm has when it is switched on,
 * hears of persons who are deleted through whatever door, forgets realms, and starts the tasks that look for what was left
 * undone. Global, because a realm's own listeners do not hear of the change that adds them. Holds which realms it has taken in.
 */
public final class RegistryListenerFactory implements EventListenerProviderFactory {

    private static final Logger LOG = Logger.getLogger(RegistryListenerFactory.class);
    private static final int FINISH_SECONDS = 10;
    private static final int VANISHED_SECONDS = 30;

    private final RegistryWalk walk = new RegistryWalk();
    private final Set<String> takenIn = ConcurrentHashMap.newKeySet();
    private volatile Duration finishInterval = Duration.ofSeconds(FINISH_SECONDS);
    private volatile Duration vanishedInterval = Duration.ofSeconds(VANISHED_SECONDS);

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {
                // only settings matter
            }

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                boolean settings = event.getResourceType() == ResourceType.REALM
                        && event.getOperationType() == OperationType.UPDATE
                        && event.getError() == null;
                RealmModel realm = settings ? session.realms().getRealm(event.getRealmId()) : null;
                if (realm != null) {
                    afterChange(session, realm);
                }
            }

            @Override
            public void close() {}
        };
    }

    private void afterChange(KeycloakSession session, RealmModel realm) {
        String realmId = realm.getId();
        boolean on = RealmSwitch.isOn(realm);
        if (on && takenIn.add(realmId)) {
            Transactions.afterCommit(session, () -> takeIn(session, realmId));
        } else if (!on && takenIn.remove(realmId)) {
            Transactions.afterCommit(session, () -> inBackground(session, realmId, Registries::forgetLiving));
        }
    }

    private void takeIn(KeycloakSession session, String realmId) {
        inBackground(session, realmId, (own, realm) -> {
            try {
                LOG.debugf("%d sessions of realm %s registered", TakingIn.run(own, realm), realm.getName());
            } catch (RuntimeException e) {
                takenIn.remove(realmId); // the next change or start tries again
                throw e;
            }
        });
    }

    private static void inBackground(KeycloakSession session, String realmId, Background.Task task) {
        SessionEventListenerFactory.background(session).run(session.getKeycloakSessionFactory(), realmId, task);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> onProviderEvent(factory, event));
    }

    private void onProviderEvent(KeycloakSessionFactory factory, ProviderEvent event) {
        try {
            if (event instanceof PostMigrationEvent) {
                atStart(factory);
            } else if (event instanceof UserModel.UserPreRemovedEvent removed) {
                deleted(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
            } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
                String realmId = removed.getRealm().getId();
                takenIn.remove(realmId);
                Transactions.afterCommit(removed.getKeycloakSession(), () -> forget(factory, realmId));
            }
        } catch (RuntimeException e) {
            LOG.error("the registry of sessions is left to the next look", e);
        }
    }

    private void atStart(KeycloakSessionFactory factory) {
        Transactions.inBackground(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(RealmSwitch::isOn)
                        .map(RealmModel::getId)
                        .toList()
                        .forEach(realmId -> {
                            takenIn.add(realmId);
                            takeIn(session, realmId);
                        }));
        ClusterTask.schedule(factory, "clinic-unfinished-ends", finishInterval, UnfinishedEnds::finish);
        ClusterTask.schedule(factory, "clinic-vanished-sessions", vanishedInterval, walk::step);
    }

    private static void forget(KeycloakSessionFactory factory, String realmId) {
        try {
            Transactions.inBackground(factory, own -> Registries.forgetRealm(own, realmId));
        } catch (RuntimeException e) {
            LOG.errorf(e, "the registry still has sessions of the deleted realm %s", realmId);
        }
    }

    private static void deleted(KeycloakSession session, RealmModel realm, UserModel user) {
        if (!RealmSwitch.isOn(realm)) {
            return;
        }
        DoneBy by = Actors.inRequest(session, user);
        String username = user.getUsername();
        List<String> clinics = Clinics.idsOf(session, realm, user);
        Set<String> privateTo = OptOuts.towards(session, realm, user, clinics);
        KeycloakEndings.of(session, realm)
                .allOf(
                        user.getId(),
                        living -> {
                            LedgerRow row = EndRows.of(living, EndCause.USER_DELETED, by);
                            return row.of(username, clinics, privateTo);
                        },
                        DeletedUserNotices.of(session, realm, user));
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-registry";
    }

    /** Options {@code finish-interval} and {@code vanished-interval}: seconds, 1 or more. */
    @Override
    public void init(Config.Scope config) {
        finishInterval = Duration.ofSeconds(Math.max(1, config.getInt("finishInterval", FINISH_SECONDS)));
        vanishedInterval = Duration.ofSeconds(Math.max(1, config.getInt("vanishedInterval", VANISHED_SECONDS)));
    }

    @Override
    public void close() {}
}
