package io.github.clinicsessions.platform;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
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
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Sees to it that a realm has what {@link RealmSetup} says, through every door by which it can be switched on: the event
 * settings and the realm's own (admin REST, Admin Console), creation and import, and a start of the server with the jars
 * newly installed. Global, because a realm's own listeners do not hear of the change that adds them. Stateless.
 */
public final class RealmSetupListenerFactory implements EventListenerProviderFactory {

    private static final Logger LOG = Logger.getLogger(RealmSetupListenerFactory.class);

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
                if (settings) {
                    ensure(session, session.realms().getRealm(event.getRealmId()));
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-setup";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmModel.RealmPostCreateEvent created) {
                ensure(created.getKeycloakSession(), created.getCreatedRealm());
            } else if (event instanceof PostMigrationEvent) {
                Transactions.inBackground(
                        factory,
                        session ->
                                session.realms().getRealmsStream().toList().forEach(realm -> ensure(session, realm)));
            }
        });
    }

    @Override
    public void close() {}

    /** Never fails whoever changes a realm. */
    private static void ensure(KeycloakSession session, @Nullable RealmModel realm) {
        if (realm == null) {
            return;
        }
        try {
            RealmSetup.ensure(session, realm);
        } catch (RuntimeException e) {
            LOG.errorf(e, "realm %s is switched on and lacks the role or the user attribute", realm.getName());
        }
    }
}
