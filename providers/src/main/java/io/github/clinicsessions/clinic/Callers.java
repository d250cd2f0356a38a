package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.Caller.AccountRight;
import io.github.clinicsessions.clinic.Caller.RealmRole;
import io.github.clinicsessions.platform.RealmSetup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;

/** Makes {@link Caller}s from what Keycloak knows at this request. */
public final class Callers {

    private static final Map<AccountRight, String> ROLES = Map.of(
            AccountRight.MANAGE, AccountRoles.MANAGE_ACCOUNT,
            AccountRight.VIEW, AccountRoles.VIEW_PROFILE);

    private static final Map<RealmRole, String> REALM_ROLES = Map.of(RealmRole.API, "clinic-api");

    private Callers() {}

    /** Signed in by cookie: what Keycloak says of the person now. */
    public static Caller byCookie(KeycloakSession session, UserSessionModel userSession, ClientModel accountClient) {
        UserModel user = userSession.getUser();
        return caller(
                userSession,
                held(user, ROLES, role -> true, accountClient),
                new ClinicDirectory(session, accountClient.getRealm()).ownedBy(user),
                signedInAt(userSession));
    }

    /** By bearer token: a role counts if the person has it now and the token carries it too. */
    public static Caller byToken(
            KeycloakSession session, UserSessionModel userSession, ClientModel accountClient, AccessToken token) {
        UserModel user = userSession.getUser();
        AccessToken.Access access = token.getResourceAccess(accountClient.getClientId());
        List<Clinic> owned = new ClinicDirectory(session, accountClient.getRealm())
                .ownedBy(user).stream()
                        .filter(clinic -> TokenRoles.carries(token, clinic, RealmSetup.OWNER_ROLE))
                        .toList();
        Long authTime = token.getAuth_time();
        return caller(
                userSession,
                held(user, ROLES, role -> access != null && access.isUserInRole(role), accountClient),
                owned,
                authTime == null || authTime == 0 ? signedInAt(userSession) : Instant.ofEpochSecond(authTime));
    }

    /**
     * By bearer token that need not be meant for the client {@code account}: only roles of the realm count, those that the
     * caller has now and the token carries too.
     */
    public static Caller byTokenOfAnyAudience(UserModel user, RealmModel realm, AccessToken token) {
        AccessToken.Access access = token.getRealmAccess();
        Set<RealmRole> roles = held(user, REALM_ROLES, role -> access != null && access.isUserInRole(role), realm);
        return new Caller(user.getId(), isServiceAccount(user), Set.of(), roles);
    }

    private static Caller caller(
            UserSessionModel userSession, Set<AccountRight> rights, List<Clinic> owned, @Nullable Instant signedInAt) {
        UserModel user = userSession.getUser();
        return new Caller(
                user.getId(),
                isServiceAccount(user),
                rights,
                Set.of(),
                owned,
                userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null,
                signedInAt);
    }

    /**
     * Null for a session that nobody has signed in to: an administrator or a token exchange has opened it. Of those by direct
     * grant, which Keycloak keeps without the note, when it began: each such sign-in begins one.
     */
    private static @Nullable Instant signedInAt(UserSessionModel userSession) {
        String seconds = userSession.getNote(AuthenticationManager.AUTH_TIME);
        try {
            if (seconds != null) {
                return Instant.ofEpochSecond(Long.parseLong(seconds));
            }
            return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(userSession.getAuthMethod())
                    ? Instant.ofEpochSecond(userSession.getStarted())
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static <T> Set<T> held(
            UserModel user, Map<T, String> roles, Predicate<String> carried, RoleContainerModel container) {
        return roles.entrySet().stream()
                .filter(role -> carried.test(role.getValue()))
                .filter(role -> has(user, container.getRole(role.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isServiceAccount(UserModel user) {
        return user.getServiceAccountClientLink() != null;
    }

    private static boolean has(UserModel user, @Nullable RoleModel role) {
        return role != null && user.hasRole(role);
    }
}
