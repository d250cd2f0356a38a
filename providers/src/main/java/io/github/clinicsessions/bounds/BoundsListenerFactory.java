package io.github.clinicsessions.bounds;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Stands at every door by which a bounded value can come in:
 *
 * <ul>
 *   <li>the realm's and its event settings: admin event (Admin Console, admin REST), also when it is switched on by it;
 *   <li>an organization, made, changed or removed, whose time-out may be the realm's longest: admin event;
 *   <li>a client, made or changed: Keycloak's {@code ClientUpdatedEvent} (the same, partial import, client registration);
 *   <li>a realm, made or imported: {@code RealmPostCreateEvent};
 *   <li>whatever came in while the jars were not there: the start of the server, before it takes requests.
 * </ul>
 *
 * Global, because a realm's own listeners do not hear of the change that adds them. Never fails whoever changes a realm.
 * Stateless.
 */
public final class BoundsListenerFactory implements EventListenerProviderFactory {

    private static final Logger LOG = Logger.getLogger(BoundsListenerFactory.class);

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {
                // only settings matter
            }

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                if (event.getError() == null) {
                    guarded(event.getRealmId(), () -> onAdminEvent(session, event));
                }
            }

            @Override
            public void close() {}
        };
    }

    private static void onAdminEvent(KeycloakSession session, AdminEvent event) {
        SettingChanges before = SettingChanges.ifAny(session);
        boolean settings =
                (event.getResourceType() == ResourceType.REALM && event.getOperationType() == OperationType.UPDATE)
                        || (event.getResourceType() == ResourceType.ORGANIZATION
                                && event.getOperationType() != OperationType.ACTION);
        if (before == null && !settings) {
            return;
        }
        DoneBy by = DoneBy.of(session, event);
        if (before != null) {
            before.madeBy(by);
        }
        RealmModel realm = settings ? session.realms().getRealm(event.getRealmId()) : null;
        if (realm != null) {
            new BoundsKeeper(session).keep(realm, by);
        }
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> onProviderEvent(factory, event));
    }

    private static void onProviderEvent(KeycloakSessionFactory factory, ProviderEvent event) {
        if (event instanceof ClientModel.ClientUpdatedEvent updated) {
            ClientModel client = updated.getUpdatedClient();
            KeycloakSession session = updated.getKeycloakSession();
            guarded(
                    client.getRealm().getName(),
                    () -> new BoundsKeeper(session).keep(client, DoneBy.ofRequest(session)));
        } else if (event instanceof RealmModel.RealmPostCreateEvent created) {
            RealmModel realm = created.getCreatedRealm();
            KeycloakSession session = created.getKeycloakSession();
            guarded(realm.getName(), () -> new BoundsKeeper(session).keepNew(realm, DoneBy.ofRequest(session)));
        } else if (event instanceof PostMigrationEvent) {
            guarded("(all)", () -> atStart(factory));
        }
    }

    /** Each realm in a transaction of its own: what is wrong with one is not another's. */
    private static void atStart(KeycloakSessionFactory factory) {
        List<String> realmIds = new ArrayList<>();
        Transactions.inBackground(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(RealmSwitch::isOn)
                        .map(RealmModel::getId)
                        .forEach(realmIds::add));
        for (String realmId : realmIds) {
            guarded(
                    realmId,
                    () -> Transactions.inBackground(factory, session -> {
                        RealmModel realm = session.realms().getRealm(realmId);
                        if (realm != null) {
                            session.getContext().setRealm(realm);
                            new BoundsKeeper(session).keep(realm, DoneBy.NOBODY);
                        }
                    }));
        }
    }

    private static void guarded(String realm, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "settings of realm %s may be out of bounds", realm);
        }
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-bounds";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void close() {}
}
