package io.github.clinicsessions.clinic;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.representations.AccessToken;

/**
 * Where an access token carries the role that a person has in a clinic: {@code realm_access} for the realm; for an
 * organization below its alias in the claim {@code organization}, as Keycloak's mapper of organization groups writes it
 * ({@code OrganizationGroupMembershipMapper} with "Add group role mappings").
 */
final class TokenRoles {

    private TokenRoles() {}

    static boolean carries(AccessToken token, Clinic clinic, String role) {
        if (clinic.isRealm()) {
            AccessToken.Access access = token.getRealmAccess();
            return access != null && access.isUserInRole(role);
        }
        Object organizations = token.getOtherClaims().get(OAuth2Constants.ORGANIZATION);
        Object roles = member(member(member(organizations, clinic.alias()), "realm_access"), "roles");
        return roles instanceof Collection<?> names && names.contains(role);
    }

    private static @Nullable Object member(@Nullable Object json, @Nullable String name) {
        return json instanceof Map<?, ?> object ? object.get(name) : null;
    }
}
