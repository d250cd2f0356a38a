package io.github.clinicsessions.clinic;

import io.github.clinicsessions.platform.OptOuts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** Makes {@link Person}s from what Keycloak knows at this request. */
final class Persons {

    /** In the master realm each realm has a client of this suffix, whose roles administer it. */
    private static final String ADMIN_CLIENT_SUFFIX = "-realm";

    private Persons() {}

    static Person of(KeycloakSession session, RealmModel realm, UserModel user) {
        ClinicDirectory clinics = new ClinicDirectory(session, realm);
        List<Clinic> of = clinics.of(user);
        return new Person(
                user.getId(),
                user.getServiceAccountClientLink() != null,
                isAdministrator(realm, user),
                ids(of),
                ids(clinics.ownedBy(user)),
                OptOuts.isWishedBy(user)
                        ? of.stream()
                                .filter(Clinic::optOutAllowed)
                                .map(Clinic::id)
                                .collect(Collectors.toUnmodifiableSet())
                        : Set.of());
    }

    private static Set<String> ids(List<Clinic> clinics) {
        return clinics.stream().map(Clinic::id).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isAdministrator(RealmModel realm, UserModel user) {
        boolean master = realm.getName().equals(Config.getAdminRealm());
        return RoleUtils.getDeepUserRoleMappings(user).stream()
                .anyMatch(role -> master ? isOfMaster(role) : isOfClient(role, Constants.REALM_MANAGEMENT_CLIENT_ID));
    }

    private static boolean isOfMaster(RoleModel role) {
        return role.getContainer() instanceof RealmModel
                ? AdminRoles.ADMIN.equals(role.getName()) || AdminRoles.CREATE_REALM.equals(role.getName())
                : clientId(role).filter(id -> id.endsWith(ADMIN_CLIENT_SUFFIX)).isPresent();
    }

    private static boolean isOfClient(RoleModel role, String clientId) {
        return clientId(role).filter(clientId::equals).isPresent();
    }

    private static Optional<String> clientId(RoleModel role) {
        return role.getContainer() instanceof ClientModel client ? Optional.of(client.getClientId()) : Optional.empty();
    }
}
