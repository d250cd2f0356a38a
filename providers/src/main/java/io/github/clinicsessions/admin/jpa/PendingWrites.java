package io.github.clinicsessions.admin.jpa;

import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** What Keycloak's transaction has written and not told the database yet. */
public final class PendingWrites {

    private PendingWrites() {}

    /**
     * Tells the database. Whoever updates a component for a second time in one transaction does this before: otherwise Hibernate may
     * keep the values of both updates (a query between them has made the first ones persistent, but no snapshot of them).
     */
    public static void flush(KeycloakSession session) {
        session.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
    }
}
