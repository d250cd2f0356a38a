package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.Caller.AccountRight;
import io.github.clinicsessions.clinic.Caller.RealmRole;
import io.github.clinicsessions.platform.RealmSetup;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;

/** Makes {@link Caller}s from what Keycloak knows at this request. */
public final class Callers {

    private static final Map<AccountRight, String> ROLES = Map.of(
            AccountRight.MANAGE, AccountRoles.MANAGE_ACCOUNT,
            AccountRight.VIEW, AccountRoles.VIEW_PROFILE);

    private static final Map<RealmRole, String> REALM_ROLES =
            Map.of(RealmRole.API, "clinic-api", RealmRole.OWNER, RealmSetup.OWNER_ROLE);

    private Callers() {}

    /** Signed in by cookie: what Keycloak says of the person now. */
    public static Caller byCookie(UserModel user, ClientModel accountClient) {
        return caller(user, accountClient, role -> true);
    }

    /** By bearer token: a role counts if the person has it now and the token carries it too. */
    public static Caller byToken(UserModel user, ClientModel accountClient, AccessToken token) {
        AccessToken.Access access = token.getResourceAccess(accountClient.getClientId());
        return new Caller(
                user.getId(),
                isServiceAccount(user),
                held(user, ROLES, role -> access != null && access.isUserInRole(role), accountClient),
                realmRoles(user, accountClient.getRealm(), token));
    }

    /**
     * By bearer token that need not be meant for the client {@code account}: only roles of the realm count, those that the
     * caller has now and the token carries too.
     */
    public static Caller byTokenOfAnyAudience(UserModel user, RealmModel realm, AccessToken token) {
        return new Caller(user.getId(), isServiceAccount(user), Set.of(), realmRoles(user, realm, token));
    }

    private static Set<RealmRole> realmRoles(UserModel user, RealmModel realm, AccessToken token) {
        AccessToken.Access access = token.getRealmAccess();
        return held(user, REALM_ROLES, role -> access != null && access.isUserInRole(role), realm);
    }

    private static Caller caller(UserModel user, ClientModel accountClient, Predicate<String> carried) {
        Set<AccountRight> rights = held(user, ROLES, carried, accountClient);
        return new Caller(user.getId(), isServiceAccount(user), rights, Set.of());
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
