package io.github.clinicsessions.platform;

import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Which clinics a person belongs to: the organizations where the realm has them switched on, otherwise the realm. */
public final class Clinics {

    private Clinics() {}

    /** Ids in a stable order; empty for a person without an organization in a realm with organizations. */
    public static List<String> idsOf(KeycloakSession session, RealmModel realm, UserModel user) {
        if (!realm.isOrganizationsEnabled()) {
            return List.of(realm.getId());
        }
        return session.getProvider(OrganizationProvider.class)
                .getByMember(user)
                .map(OrganizationModel::getId)
                .sorted()
                .toList();
    }
}
