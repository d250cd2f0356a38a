package io.github.clinicsessions.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** The settings of a clinic, by bearer token of its owner. */
public final class SettingsResource {

    private final OwnerCall calls;

    SettingsResource(KeycloakSession session) {
        this.calls = new OwnerCall(session);
    }

    /** CORS preflight. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** 200: what is in force. */
    @GET
    public Response read(@QueryParam("clinic") @Nullable String clinic) {
        return calls.see(clinic, owner -> owner.settingsCalls().read());
    }

    /** 200: what is in force then. What the body does not name stays as it is. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(byte[] body, @QueryParam("clinic") @Nullable String clinic) {
        return calls.change(clinic, owner -> owner.settingsCalls().change(body));
    }
}
