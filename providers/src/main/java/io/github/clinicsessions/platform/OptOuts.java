package io.github.clinicsessions.platform;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Towards which clinics people have opted out of being seen by the owner: it takes the person's wish, the attribute {@value
 * RealmSetup#VISIBILITY_ATTRIBUTE}, and a clinic that allows it. Which persons wish it, for many at once, is a query of its
 * own; which clinics allow it is {@link #allowing}.
 */
public final class OptOuts {

    private OptOuts() {}

    /** Whether the person wishes it, allowed or not. Loads the person's attributes. */
    public static boolean isWishedBy(UserModel user) {
        return user.getAttributeStream(RealmSetup.VISIBILITY_ATTRIBUTE).anyMatch(RealmSetup.PRIVATE::equals);
    }

    /**
     * Of these clinics those towards which the person has opted out, in the same order. Looks at the clinics only if the
     * person wishes it.
     *
     * @param clinicIds as {@link Clinics#idsOf} gives them
     */
    public static Set<String> towards(
            KeycloakSession session, RealmModel realm, UserModel user, Collection<String> clinicIds) {
        return isWishedBy(user) ? allowing(session, realm, clinicIds) : Set.of();
    }

    /**
     * Of these clinics those that allow it, in the same order: an organization by its own attribute {@value
     * RealmSettings#OPT_OUT_ALLOWED}, or the realm's where it has none that can be read; the realm as a clinic, and an
     * organization that is gone, by the realm's.
     */
    public static Set<String> allowing(KeycloakSession session, RealmModel realm, Collection<String> clinicIds) {
        boolean realmAllows = RealmSettings.of(realm).optOutAllowed();
        Set<String> allowing = new LinkedHashSet<>();
        for (String id : clinicIds) {
            if (allows(ownSetting(session, realm, id), realmAllows)) {
                allowing.add(id);
            }
        }
        return allowing;
    }

    static boolean allows(@Nullable String ownSetting, boolean realmAllows) {
        return Flags.parse(ownSetting).orElse(realmAllows);
    }

    private static @Nullable String ownSetting(KeycloakSession session, RealmModel realm, String clinicId) {
        if (clinicId.equals(realm.getId()) || !realm.isOrganizationsEnabled()) {
            return null;
        }
        OrganizationModel organization =
                session.getProvider(OrganizationProvider.class).getById(clinicId);
        return Optional.ofNullable(organization)
                .map(found -> found.getAttributes().get(RealmSettings.OPT_OUT_ALLOWED))
                .stream()
                .flatMap(List::stream)
                .findFirst()
                .orElse(null);
    }
}
