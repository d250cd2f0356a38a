package io.github.clinicsessions.api;

import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;

/** What lies under {@code /realms/{realm}/clinic-sessions}. */
public final class ClinicSessionsResource {

    private final KeycloakSession session;

    ClinicSessionsResource(KeycloakSession session) {
        this.session = session;
    }

    /** The person's own sessions. */
    @Path("v1/me/sessions")
    public MySessionsResource mySessions() {
        return new MySessionsResource(session);
    }

    /** Receipts of what was ended of them. */
    @Path("v1/me/receipts")
    public MyReceiptsResource myReceipts() {
        return new MyReceiptsResource(session);
    }
}
