package io.github.clinicsessions.admin;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.bounds.BoundsKeeper;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Keeps the tab of the Admin Console in step with the settings, wherever they were changed: at the end of the request, when all
 * bounds have been kept. Global, because a realm's own listeners do not hear of the change that adds or takes them. Never fails
 * whoever changes a realm. Stateless.
 */
public final class SettingsTabListenerFactory implements EventListenerProviderFactory {

    private static final Logger LOG = Logger.getLogger(SettingsTabListenerFactory.class);
    private static final String WAITING = SettingsTabListenerFactory.class.getName();

    private static final Set<String> TYPES =
            Set.of(ResourceType.REALM.name(), ResourceType.COMPONENT.name(), ClinicSettings.RESOURCE_TYPE);

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {
                // only settings matter
            }

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                String type = event.getResourceTypeAsString();
                if (event.getError() == null
                        && event.getOperationType() != OperationType.ACTION
                        && type != null
                        && TYPES.contains(type)) {
                    keepAtTheEnd(session, event.getRealmId());
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmModel.RealmPostCreateEvent created) {
                keepAtTheEnd(
                        created.getKeycloakSession(), created.getCreatedRealm().getId());
            } else if (event instanceof PostMigrationEvent) {
                guarded("(all)", () -> atStart(factory));
            }
        });
    }

    private static void keepAtTheEnd(KeycloakSession session, String realmId) {
        @SuppressWarnings("unchecked")
        Set<String> waiting = session.getAttribute(WAITING, Set.class);
        if (waiting != null) {
            waiting.add(realmId);
            return;
        }
        Set<String> first = new HashSet<>(Set.of(realmId));
        session.setAttribute(WAITING, first);
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                first.forEach(id -> guarded(id, () -> keep(session, id)));
            }

            @Override
            protected void rollbackImpl() {
                // nothing has changed
            }
        });
    }

    private static void keep(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm != null) {
            StoredSettingsTab.keep(session, realm);
        }
    }

    /** Each realm in a transaction of its own. What is out of bounds is brought back first: nobody says who hears first. */
    private static void atStart(KeycloakSessionFactory factory) {
        List<String> ids = Transactions.resultInBackground(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .map(RealmModel::getId)
                        .toList());
        for (String id : ids) {
            guarded(
                    id,
                    () -> Transactions.inBackground(factory, session -> {
                        RealmModel realm = session.realms().getRealm(id);
                        if (realm == null) {
                            return;
                        }
                        session.getContext().setRealm(realm);
                        if (RealmSwitch.isOn(realm) && StoredSettingsTab.isShown()) {
                            new BoundsKeeper(session).keep(realm, DoneBy.NOBODY);
                        }
                        StoredSettingsTab.keep(session, realm);
                    }));
        }
    }

    private static void guarded(String realm, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "the Admin Console may show old settings of realm %s", realm);
        }
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-tab";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void close() {}
}
