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
}
