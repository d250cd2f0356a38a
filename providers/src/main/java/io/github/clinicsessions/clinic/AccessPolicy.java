package io.github.clinicsessions.clinic;

import java.util.Set;
import org.keycloak.models.AccountRoles;

/**
 * The one place that says who may do what. Pure: everything it needs is in {@link Caller}.
 *
 * <p>Own sessions follow Keycloak's Account REST API ({@code AccountRestService#sessions}): to see them takes {@code
 * manage-account} or {@code view-profile}, to end them {@code manage-account}. Whose a session is decides {@code
 * SessionTerminator}: one of another person is not found.
 */
public final class AccessPolicy {

    private AccessPolicy() {}

    public static boolean maySeeOwnSessions(Caller caller) {
        Set<String> roles = caller.accountRoles();
        return !caller.serviceAccount()
                && (roles.contains(AccountRoles.MANAGE_ACCOUNT) || roles.contains(AccountRoles.VIEW_PROFILE));
    }

    public static boolean mayEndOwnSessions(Caller caller) {
        return !caller.serviceAccount() && caller.accountRoles().contains(AccountRoles.MANAGE_ACCOUNT);
    }
}
