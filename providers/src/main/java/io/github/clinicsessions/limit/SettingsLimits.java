package io.github.clinicsessions.limit;

import io.github.clinicsessions.limit.SessionLimit.Kind;
import io.github.clinicsessions.platform.LimitSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
        if (!realm.isOrganizationsEnabled()) {
            return limit(ofRealm.maxSessions(), ofRealm.behavior(), Kind.CLINIC, null);
        }
        List<OrganizationModel> organizations = enabledOf(user);
        return organizations.isEmpty()
                ? limit(ofRealm.maxSessions(), ofRealm.behavior(), Kind.REALM, null)
                : LimitPolicy.strictest(organizations.stream()
                        .map(organization -> ofClinic(organization, ofRealm))
                        .flatMap(Optional::stream));
    }

    /** Which organizations have a number only the database knows. */
    @Override
    public boolean mayLimit(RealmModel realm) {
        return realm.isOrganizationsEnabled()
                || LimitSettings.of(realm).maxSessions().isPresent();
    }

    private static Optional<SessionLimit> ofClinic(OrganizationModel organization, LimitSettings ofRealm) {
        LimitSettings own = LimitSettings.of(organization);
        Optional<String> behavior = own.behavior().or(ofRealm::behavior);
        return own.maxSessions().isPresent()
                ? limit(own.maxSessions(), behavior, Kind.CLINIC, organization.getAlias())
                : limit(ofRealm.maxSessions(), behavior, Kind.REALM, null);
    }

    private static Optional<SessionLimit> limit(
            OptionalInt max, Optional<String> behavior, Kind kind, @Nullable String name) {
        return max.isEmpty()
                ? Optional.empty()
                : Optional.of(new SessionLimit(
                        max.getAsInt(),
                        behavior.flatMap(LimitBehavior::parse).orElse(LimitBehavior.CHOOSE),
                        kind,
                        name,
                        true));
    }

    private List<OrganizationModel> enabledOf(UserModel user) {
        // A list first: Keycloak's stream holds a database cursor open.
        return session.getProvider(OrganizationProvider.class).getByMember(user).toList().stream()
                .filter(OrganizationModel::isEnabled)
                .toList();
    }
}
