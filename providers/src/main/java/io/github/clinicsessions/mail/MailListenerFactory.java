package io.github.clinicsessions.mail;

import io.github.clinicsessions.clinic.SignInReported;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.session.SignInNoticed;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;

/**
 * Hears what people are to be told of and hands it to the post. An event listener for want of another kind of provider that is there
 * from the start; it listens to none of Keycloak's events. Holds this server's one post.
 */
public final class MailListenerFactory implements EventListenerProviderFactory {

    private static final Logger LOG = Logger.getLogger(MailListenerFactory.class);

    private static final EventListenerProvider DEAF = new EventListenerProvider() {
        @Override
        public void onEvent(Event event) {}

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {}

        @Override
        public void close() {}
    };

    private final Post post = new Post();

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return DEAF;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> onProviderEvent(factory, event));
    }

    /** Whoever publishes is not to be troubled. */
    private void onProviderEvent(KeycloakSessionFactory factory, ProviderEvent event) {
        try {
            if (event instanceof SignInNoticed noticed) {
                SignInMails.send(post, factory, noticed);
            } else if (event instanceof SignInReported reported) {
                ReportMails.send(post, factory, reported);
            }
        } catch (RuntimeException e) {
            LOG.error("a mail is not sent", e);
        }
    }

    @Override
    public boolean isGlobal() {
        return true; // and so in no realm's list of listeners
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID + "-mail";
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to set
    }

    /** So that the database is still there while the last mails are made. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public void close() {
        post.close();
    }
}
