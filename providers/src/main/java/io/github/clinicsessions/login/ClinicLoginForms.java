package io.github.clinicsessions.login;

import io.github.clinicsessions.device.DeviceNotes;
import io.github.clinicsessions.platform.PasswordChange;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.session.PassedFactors;
import io.github.clinicsessions.session.ReportedSignIns;
import io.github.clinicsessions.text.PageTimes;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's sign-in pages; the first of a sign-in says why the person was signed out here, if we know and nothing else is said.
 * They ask browsers for the hint that a session's label needs beyond those that are sent anyway.
 */
final class ClinicLoginForms extends FreeMarkerLoginFormsProvider {

    ClinicLoginForms(KeycloakSession session) {
        super(session);
    }

    @Override
    protected Response createResponse(LoginFormsPages page) {
        noteFactors();
        if (page == LoginFormsPages.LOGIN_UPDATE_PASSWORD
                && realm != null
                && authenticationSession != null
                && !ReportedSignIns.mayChoosePassword(session, realm, authenticationSession)) {
            setAttribute("clinicSignIn", PasswordChange.link(session, realm).toString());
            return createForm("clinic-password-first.ftl");
        }
        boolean first = page == LoginFormsPages.LOGIN || page == LoginFormsPages.LOGIN_USERNAME;
        if (first && messages == null && realm != null && authenticationSession != null) {
            new SignedOutHere(session, realm, authenticationSession).at().ifPresent(this::explain);
        }
        if (realm != null && authenticationSession != null && RealmSwitch.isOn(realm)) {
            session.getContext().getHttpResponse().setHeader("Accept-CH", DeviceNotes.ACCEPT_CH);
        }
        return super.createResponse(page);
    }

    /** Pages of other providers too, such as our own. */
    @Override
    public Response createForm(String form) {
        noteFactors();
        return super.createForm(form);
    }

    private void noteFactors() {
        if (realm != null && authenticationSession != null && RealmSwitch.isOn(realm)) {
            PassedFactors.atPage(authenticationSession);
        }
    }

    private void explain(Instant at) {
        Map<String, Object> time = new PageTimes(
                        Instant.ofEpochMilli(Time.currentTimeMillis()),
                        session.getContext().resolveLocale(user))
                .moment(at);
        setInfo("clinicLoginSignedOutHere", time.get("exact"));
    }
}
