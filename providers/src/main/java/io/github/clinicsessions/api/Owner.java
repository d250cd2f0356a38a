package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.clinic.OverseenPerson;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.Staff;
import io.github.clinicsessions.session.ClientNames;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** An owner who asks, and what the call is about. Made by {@link OwnerCall}. */
record Owner(KeycloakSession session, RealmModel realm, Bearer bearer, Oversight oversight) {

    private Staff staff() {
        return new Staff(oversight);
    }

    /** @throws ProblemException 404 for whomever they do not oversee */
    OverseenPerson person(String userId) {
        return staff().find(userId).orElseThrow(() -> ProblemException.of(Response.Status.NOT_FOUND, null));
    }

    /** @throws ProblemException 400 if the call does not say of which of their clinics */
    private ClinicSettings settings() {
        List<Clinic> clinics = oversight.clinics();
        if (clinics.size() > 1) {
            throw new ProblemException(Problem.badField("clinic", "must name one of your clinics"));
        }
        return new ClinicSettings(session, realm, clinics.get(0));
    }

    StaffCalls calls() {
        return new StaffCalls(staff(), names());
    }

    /** @throws ProblemException as {@link #settings} does */
    SettingsCalls settingsCalls() {
        return new SettingsCalls(settings(), oversight);
    }

    AuditCalls auditCalls() {
        return new AuditCalls(oversight);
    }

    /** In the owner's language. */
    private ClientNames names() {
        return ClientNames.of(session, realm, session.getContext().resolveLocale(bearer.user()));
    }
}
