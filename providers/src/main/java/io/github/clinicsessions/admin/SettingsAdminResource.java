package io.github.clinicsessions.admin;

import io.github.clinicsessions.api.SettingsCalls;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.ClinicSettings;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code …/settings}: of the realm, or of the organization that is named. */
public final class SettingsAdminResource {

    private final AdminCall call;

    SettingsAdminResource(AdminCall call) {
        this.call = call;
    }

    /** 200: what is in force. */
    @GET
    public Response read(@QueryParam("clinic") @Nullable String clinic) {
        return call.answer(AccessPolicy::maySeeSettings, () -> calls(clinic).read());
    }

    /** 200: what is in force then. What the body does not name stays as it is. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(byte[] body, @QueryParam("clinic") @Nullable String clinic) {
        return call.answer(AccessPolicy::mayChangeSettings, () -> calls(clinic).change(body));
    }

    private SettingsCalls calls(@Nullable String clinic) {
        return new SettingsCalls(
                new ClinicSettings(call.session(), call.realm(), call.clinicOrRealm(clinic)), call.oversight(clinic));
    }
}
