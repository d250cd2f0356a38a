package io.github.clinicsessions.admin;

import io.github.clinicsessions.limit.LimitConfig;
import io.github.clinicsessions.platform.RealmSwitch;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Refuses a wrong configuration of an authenticator {@code clinic-session-limit} when it is saved, by the Admin Console or by Admin
 * REST. Keycloak asks nobody there, and swallows what a listener throws; but it commits nothing when what has been enlisted to
 * prepare the commit throws, and answers with that. Global, because a realm that is switched off has flows as well. Stateless.
 */
public final class LimitConfigListenerFactory implements EventListenerProviderFactory {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {
                // only what administrators save matters
            }

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                if (event.getError() == null && event.getOperationType() != OperationType.DELETE) {
                    List<LimitConfig.Problem> problems = SavedLimitConfig.problems(session, event);
                    if (!problems.isEmpty()) {
                        refuse(session, problems);
                    }
                }
            }

            @Override
            public void close() {}
        };
    }

    private static void refuse(KeycloakSession session, List<LimitConfig.Problem> problems) {
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                throw SavedLimitConfig.refusal(session, problems);
            }

            @Override
            protected void rollbackImpl() {
                // nothing is saved anyway
            }
        });
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-limit-config";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
