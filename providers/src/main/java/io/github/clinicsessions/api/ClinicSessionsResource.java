package io.github.clinicsessions.api;

import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/** What lies under {@code /realms/{realm}/clinic-sessions}. */
public final class ClinicSessionsResource {

    static final String[] METHODS = {"GET", "POST", "DELETE"};

    private final KeycloakSession session;

    ClinicSessionsResource(KeycloakSession session) {
        this.session = session;
    }

    /** CORS preflight, as Keycloak's own REST APIs answer it. */
    @OPTIONS
    @Path("{any:.*}")
    public Response preflight() {
        Cors.builder().preflight().allowedMethods(METHODS).auth().add();
        return Response.ok().build();
    }

    /** The person's own sessions. */
    @Path("v1/me/sessions")
    public MySessionsResource mySessions() {
        return new MySessionsResource(session);
    }
}
