package io.github.clinicsessions.admin;

import io.github.clinicsessions.api.ProblemException;
import io.github.clinicsessions.clinic.Administrator;
import io.github.clinicsessions.clinic.Administrators;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.ClinicDirectory;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.session.ClientNames;
import jakarta.ws.rs.core.Response;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * An administrator's call about clinics: who asks, of which realm. Keycloak has authenticated them. What they may not see, a
 * realm that is switched off and a clinic that is not there are the same 404.
 */
final class AdminCall {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;

    AdminCall(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions, AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
        this.events = events;
    }

    /** The call's answer for whoever has this right over the realm. Never throws. */
    Response answer(Predicate<Administrator> right, Supplier<Response> call) {
        return AdminAnswers.answer(
                session, () -> RealmSwitch.isOn(realm) && right.test(Administrators.of(permissions)), call);
    }

    /** The call's answer; the right depends on the person, see {@link #has}. Never throws. */
    Response answer(Supplier<Response> call) {
        return AdminAnswers.answer(session, () -> RealmSwitch.isOn(realm), call);
    }

    /** Whether they have this right over this person. */
    boolean has(Predicate<Administrator> right, UserModel person) {
        return right.test(Administrators.of(permissions, person));
    }

    /**
     * @param clinic an organization's alias; null or empty for the whole realm
     * @throws ProblemException 404 if there is none of this alias
     */
    Oversight oversight(@Nullable String clinic) {
        return Oversight.ofAdministrator(session, realm, permissions.adminAuth().getUser(), named(clinic), events);
    }

    /** The one of this alias; the realm without one. Throws as {@link #oversight} does. */
    Clinic clinicOrRealm(@Nullable String clinic) {
        Clinic named = named(clinic);
        return named == null ? new ClinicDirectory(session, realm).ofRealm() : named;
    }

    private @Nullable Clinic named(@Nullable String alias) {
        return alias == null || alias.isEmpty()
                ? null
                : new ClinicDirectory(session, realm)
                        .byAlias(alias)
                        .orElseThrow(() -> ProblemException.of(Response.Status.NOT_FOUND, null));
    }

    /** In the administrator's language. */
    ClientNames names() {
        return ClientNames.of(
                session,
                realm,
                session.getContext().resolveLocale(permissions.adminAuth().getUser()));
    }

    KeycloakSession session() {
        return session;
    }

    RealmModel realm() {
        return realm;
    }
}
