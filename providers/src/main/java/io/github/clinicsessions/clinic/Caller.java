package io.github.clinicsessions.clinic;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;

/**
 * Who asks, as far as rights depend on it.
 *
 * @param accountRoles roles of Keycloak's client {@code account} that count in this request
 */
public record Caller(String userId, boolean serviceAccount, Set<String> accountRoles) {

    /** Signed in by cookie: what Keycloak says of the person now. */
    public static Caller byCookie(UserModel user, ClientModel accountClient) {
        return caller(user, accountClient, role -> true);
    }

    /** By bearer token: a role counts if the person has it now and the token carries it too. */
    public static Caller byToken(UserModel user, ClientModel accountClient, AccessToken token) {
        AccessToken.Access access = token.getResourceAccess(accountClient.getClientId());
        return caller(user, accountClient, role -> access != null && access.isUserInRole(role));
    }

    private static Caller caller(UserModel user, ClientModel accountClient, Predicate<String> carried) {
        Set<String> roles = Stream.of(AccountRoles.MANAGE_ACCOUNT, AccountRoles.VIEW_PROFILE)
                .filter(carried)
                .filter(name -> has(user, accountClient.getRole(name)))
                .collect(Collectors.toUnmodifiableSet());
        return new Caller(user.getId(), user.getServiceAccountClientLink() != null, roles);
    }

    private static boolean has(UserModel user, @Nullable RoleModel role) {
        return role != null && user.hasRole(role);
    }
}
