package io.github.clinicsessions.api;

import io.github.clinicsessions.api.Problem.FieldError;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.clinic.SettingKey;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
        return calls.see(clinic, owner -> answer(owner.settings()));
    }

    /** 200: what is in force then. What the body does not name stays as it is. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(byte[] body, @QueryParam("clinic") @Nullable String clinic) {
        return calls.change(clinic, owner -> {
            ClinicSettings settings = owner.settings();
            Map<SettingKey, Object> changes =
                    settings.changes(SettingsRequest.parse(new String(body, StandardCharsets.UTF_8)));
            Set<SettingKey> refused = settings.refused(changes, owner.oversight());
            if (!refused.isEmpty()) {
                throw new ProblemException(Problem.ofFields(
                        Response.Status.FORBIDDEN,
                        refused.stream().map(SettingsResource::refusal).toList()));
            }
            settings.change(changes, owner.oversight());
            return answer(settings);
        });
    }

    private static FieldError refusal(SettingKey key) {
        return new FieldError(
                key.json(),
                key.isOfClinic()
                        ? "cannot be set for one organization yet"
                        : "is the realm's; its administrators set it");
    }

    private static Response answer(ClinicSettings settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        settings.values().forEach((key, value) -> values.put(key.json(), value));
        return OwnCall.ok(values);
    }
}
