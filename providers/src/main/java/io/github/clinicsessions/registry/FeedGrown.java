package io.github.clinicsessions.registry;

import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * Told on the server on which it happened: the feed of this realm has new entries, and they are committed. Other servers see
 * it in the database.
 */
public record FeedGrown(String realmId) implements ProviderEvent {

    /** Wakes whoever waits on this server. Costs nothing where nobody does. */
    public static void tell(KeycloakSession session, String realmId) {
        session.getKeycloakSessionFactory().publish(new FeedGrown(realmId));
    }
}
