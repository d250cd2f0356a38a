package io.github.clinicsessions.platform;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Towards which clinics a person has opted out of being seen by the owner: those that allow it, if the person has chosen it. A
 * clinic that does not allow it sees.
 */
public final class OptOuts {

    private OptOuts() {}

    /** What the person has chosen; whether it holds is each clinic's rule. */
    public static boolean isPrivate(UserModel user) {
        return RealmSetup.PRIVATE.equals(user.getFirstAttribute(RealmSetup.VISIBILITY_ATTRIBUTE));
    }

    /** Whether the realm, where it is the clinic, allows it; also the rule of organizations that have none of their own. */
    public static boolean allowedIn(RealmModel realm) {
        return RealmSettings.of(realm).optOutAllowed();
    }

    /** Whether the organization allows it. */
    public static boolean allowedIn(RealmModel realm, OrganizationModel organization) {
        List<String> values = organization.getAttributes().get(RealmSettings.OPT_OUT_ALLOWED);
        Boolean own = (values == null || values.isEmpty()) ? null : parse(values.get(0));
        return own == null ? allowedIn(realm) : own;
    }

    /** Those of the clinics towards which the person's choice holds now. */
    public static Set<String> towards(
            KeycloakSession session, RealmModel realm, UserModel user, Collection<String> clinicIds) {
        return isPrivate(user)
                ? clinicIds.stream()
                        .filter(id -> isAllowedIn(session, realm, id))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static boolean isAllowedIn(KeycloakSession session, RealmModel realm, String clinicId) {
        if (clinicId.equals(realm.getId())) {
            return allowedIn(realm);
        }
        OrganizationModel organization =
                session.getProvider(OrganizationProvider.class).getById(clinicId);
        return organization != null && allowedIn(realm, organization);
    }

    private static @Nullable Boolean parse(@Nullable String text) {
        return switch (text == null ? "" : text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }
}
