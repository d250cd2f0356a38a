package io.github.clinicsessions.timeout;

import io.github.clinicsessions.platform.IdleSettings;
import io.github.clinicsessions.timeout.IdleRule.Kind;
import io.github.clinicsessions.timeout.jpa.OrganizationTimeouts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Rules from the settings of the realm and of the person's organizations that are enabled. An organization without a setting of
 * its own has the realm's, as have persons without one. What neither sets is Keycloak's own time-out, which holds beside this.
 */
final class SettingsTimeouts implements TimeoutPolicyProvider {

    private final KeycloakSession session;
    private final int secondsPerMinute;

    SettingsTimeouts(KeycloakSession session, int secondsPerMinute) {
        this.session = session;
        this.secondsPerMinute = secondsPerMinute;
    }

    @Override
    public IdleRule ruleFor(RealmModel realm, UserModel user) {
        List<IdleRule> rules = new ArrayList<>();
        IdleSettings ofRealm = IdleSettings.of(realm);
        if (!realm.isOrganizationsEnabled()) {
            add(rules, Kind.CLINIC, null, ofRealm.minutes());
            addRoles(rules, realm, ofRealm, null, user::hasRole);
            return IdlePolicy.strictest(rules);
        }
        List<OrganizationModel> organizations = enabledOf(user);
        BiPredicate<OrganizationModel, RoleModel> has = roles(user);
        boolean byRealm = organizations.isEmpty();
        for (OrganizationModel organization : organizations) {
            IdleSettings own = IdleSettings.of(organization);
            add(rules, Kind.CLINIC, organization.getAlias(), own.minutes());
            byRealm |= own.minutes().isEmpty();
            addRoles(rules, realm, own, organization.getAlias(), role -> has.test(organization, role));
        }
        if (byRealm) {
            add(rules, Kind.REALM, null, ofRealm.minutes());
        }
        addRoles(
                rules,
                realm,
                ofRealm,
                null,
                role -> user.hasRole(role) || organizations.stream().anyMatch(one -> has.test(one, role)));
        return IdlePolicy.strictest(rules);
    }

    @Override
    public String revision(RealmModel realm) {
        StringBuilder text = new StringBuilder()
                .append(IdleSettings.of(realm).text())
                .append(secondsPerMinute)
                .append(realm.isOrganizationsEnabled());
        if (realm.isOrganizationsEnabled()) {
            OrganizationTimeouts.of(session, realm)
                    .forEach(one -> text.append(one.id())
                            .append(one.enabled())
                            .append(one.settings().text()));
        }
        return sha256(text.toString());
    }

    @Override
    public OptionalInt longestMinutes(RealmModel realm) {
        return OrganizationTimeouts.longestMinutes(session, realm);
    }

    private void add(List<IdleRule> rules, Kind kind, @Nullable String name, OptionalInt minutes) {
        minutes.ifPresent(value -> rules.add(new IdleRule(kind, name, value * secondsPerMinute)));
    }

    private void addRoles(
            List<IdleRule> rules,
            RealmModel realm,
            IdleSettings settings,
            @Nullable String clinic,
            Predicate<RoleModel> has) {
        settings.roleMinutes().forEach((name, minutes) -> {
            RoleModel role = realm.getRole(name);
            if (role != null && has.test(role)) {
                rules.add(new IdleRule(Kind.ROLE, name, clinic, minutes * secondsPerMinute));
            }
        });
    }

    private List<OrganizationModel> enabledOf(UserModel user) {
        // A list first: Keycloak's stream holds a database cursor open.
        return organizations().getByMember(user).toList().stream()
                .filter(OrganizationModel::isEnabled)
                .toList();
    }

    /** Also by a group of the organization to which the role is mapped, or by one above it: Keycloak's hasRole does not say so. */
    private BiPredicate<OrganizationModel, RoleModel> roles(UserModel user) {
        Map<String, List<GroupModel>> groups = new HashMap<>(); // of each organization asked for once
        return (organization, role) -> user.hasRole(role)
                || groups
                        .computeIfAbsent(
                                organization.getId(),
                                id -> organizations()
                                        .getOrganizationGroupsByMember(organization, user)
                                        .toList())
                        .stream()
                        .anyMatch(group -> grants(group, role));
    }

    private static boolean grants(GroupModel group, RoleModel role) {
        for (@Nullable GroupModel one = group; one != null; one = one.getParent()) {
            if (one.hasRole(role)) {
                return true;
            }
        }
        return false;
    }

    private OrganizationProvider organizations() {
        return session.getProvider(OrganizationProvider.class);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
