package io.github.clinicsessions.limit;

import io.github.clinicsessions.limit.SessionLimit.Kind;
import io.github.clinicsessions.platform.LimitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Limits from the settings of the realm and of the person's organizations that are enabled. An organization without a number of its
 * own has the realm's, as have persons without one; one without a behaviour of its own the realm's behaviour.
 */
final class SettingsLimits implements SessionLimitPolicyProvider {

    private final KeycloakSession session;

    SettingsLimits(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Optional<SessionLimit> limitFor(RealmModel realm, UserModel user) {
        LimitSettings ofRealm = LimitSettings.of(realm);
        List<SessionLimit> limits = new ArrayList<>();
        boolean byRealm = true;
        if (realm.isOrganizationsEnabled()) {
            List<OrganizationModel> organizations = enabledOf(user);
            byRealm = organizations.isEmpty();
            for (OrganizationModel organization : organizations) {
                LimitSettings own = LimitSettings.of(organization);
                byRealm |= own.maxSessions().isEmpty();
                add(limits, Kind.CLINIC, organization.getAlias(), own, ofRealm);
            }
        }
        if (byRealm) {
            add(limits, realm.isOrganizationsEnabled() ? Kind.REALM : Kind.CLINIC, null, ofRealm, ofRealm);
        }
        return limits.stream().min(SessionLimit.STRICTEST_FIRST);
    }

    private static void add(
            List<SessionLimit> limits, Kind kind, @Nullable String name, LimitSettings own, LimitSettings ofRealm) {
        LimitBehavior behavior = own.behavior()
                .or(ofRealm::behavior)
                .flatMap(LimitBehavior::parse)
                .orElse(LimitBehavior.CHOOSE);
        own.maxSessions().ifPresent(max -> limits.add(new SessionLimit(max, behavior, kind, name, true)));
    }

    private List<OrganizationModel> enabledOf(UserModel user) {
        // A list first: Keycloak's stream holds a database cursor open.
        return session.getProvider(OrganizationProvider.class).getByMember(user).toList().stream()
                .filter(OrganizationModel::isEnabled)
                .toList();
    }
}
