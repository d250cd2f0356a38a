package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What administrators end with the Admin Console or by admin REST, as admin events tell: by their path. */
final class AdminEndings {

    private static final Pattern SESSION = Pattern.compile("sessions/([^/]+)");
    private static final Pattern USER = Pattern.compile("users/([^/]+)");
    private static final Pattern USER_LOGOUT = Pattern.compile("users/([^/]+)/logout");
    private static final Pattern USER_CONSENT = Pattern.compile("users/([^/]+)/consents/[^/]+");
    private static final Pattern USER_PASSWORD = Pattern.compile("users/([^/]+)/reset-password");
    private static final String REALM_LOGOUT = "logout-all";

    private final KeycloakSession session;
    private final RealmModel realm;

    AdminEndings(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    void onEvent(AdminEvent event) {
        String path = event.getResourcePath();
        if (path == null) {
            return;
        }
        OperationType operation = event.getOperationType();
        ResourceType type = event.getResourceType();
        if (operation == OperationType.ACTION && type == ResourceType.REALM && path.equals(REALM_LOGOUT)) {
            KeycloakEndings.of(session, realm).allOfRealm(DoneBy.of(session, event));
        } else if (operation == OperationType.DELETE && SESSION.matcher(path).matches()) {
            String sessionId = first(SESSION, path);
            DoneBy by = DoneBy.of(session, event);
            KeycloakEndings.of(session, realm)
                    .session(sessionId, null, living -> EndRows.of(living, EndCause.ENDED_BY_ADMIN, by));
        } else if (operation == OperationType.ACTION
                && USER_LOGOUT.matcher(path).matches()) {
            DoneBy by = DoneBy.of(session, event);
            KeycloakEndings.of(session, realm)
                    .allOf(first(USER_LOGOUT, path), living -> EndRows.of(living, EndCause.ENDED_BY_ADMIN, by));
        } else if (operation == OperationType.ACTION
                && USER_CONSENT.matcher(path).matches()) {
            KeycloakEndings.of(session, realm)
                    .maybeAllOf(first(USER_CONSENT, path), EndCause.TOKEN_REVOKED, DoneBy.of(session, event));
        } else if (operation == OperationType.ACTION
                && USER_PASSWORD.matcher(path).matches()) {
            UserModel user = session.users().getUserById(realm, first(USER_PASSWORD, path));
            if (user != null) {
                PasswordChanges.changed(session, realm, user); // of a password that a directory keeps
            }
        } else if (operation == OperationType.UPDATE && USER.matcher(path).matches()) {
            UserModel user = session.users().getUserById(realm, first(USER, path));
            if (user != null && !user.isEnabled()) {
                Disabling.after(session, realm, user.getId(), DoneBy.of(session, event));
            }
        }
    }

    private static String first(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(path);
        }
        return matcher.group(1);
    }
}
