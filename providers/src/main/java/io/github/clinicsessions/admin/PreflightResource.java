package io.github.clinicsessions.admin;

import io.github.clinicsessions.bounds.Corrections;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Administrator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What switching the realm on would change; empty in a realm that is on. Changes nothing. */
public final class PreflightResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator administrator;

    PreflightResource(KeycloakSession session, RealmModel realm, Administrator administrator) {
        this.session = session;
        this.realm = realm;
        this.administrator = administrator;
    }

    /** 200, in realms that are switched on or not. */
    @GET
    public Response get() {
        return AdminAnswers.ok(
                session,
                AccessPolicy.maySeePreflight(administrator),
                () -> PreflightRepresentation.of(
                        Corrections.of(session, realm), new SessionsThatWouldEnd(session, realm).count()));
    }
}
