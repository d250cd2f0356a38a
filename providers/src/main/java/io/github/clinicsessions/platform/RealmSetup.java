package io.github.clinicsessions.platform;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileConstants;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * What a realm has once it is switched on: the role {@value #OWNER_ROLE}, without members, and the user attribute {@value
 * #VISIBILITY_ATTRIBUTE}. What is there already stays as it is; switching off takes nothing away.
 */
public final class RealmSetup {

    /** Realm role of those who oversee a clinic. */
    public static final String OWNER_ROLE = "clinic-owner";

    /** User attribute of those who have opted out of being seen by the owner. */
    public static final String VISIBILITY_ATTRIBUTE = "sessionVisibility";

    /** Its one value. */
    public static final String PRIVATE = "private";

    private RealmSetup() {}

    /** Does nothing in a realm that is not switched on, or that has everything. */
    public static void ensure(KeycloakSession session, RealmModel realm) {
        if (!RealmSwitch.isOn(realm)) {
            return;
        }
        if (realm.getRole(OWNER_ROLE) == null) {
            realm.addRole(OWNER_ROLE).setDescription("Oversees the sessions of the clinic's staff");
        }
        RealmModel before = session.getContext().getRealm();
        session.getContext().setRealm(realm); // the user profile is the context's realm's
        try {
            UserProfileProvider profiles = session.getProvider(UserProfileProvider.class);
            UPConfig profile = profiles.getConfiguration();
            if (profile.getAttribute(VISIBILITY_ATTRIBUTE) == null) {
                profiles.setConfiguration(profile.addOrReplaceAttribute(visibility()));
            }
        } finally {
            session.getContext().setRealm(before);
        }
    }

    /** Administrators edit it, the person sees it; for the person only our own service writes it. */
    private static UPAttribute visibility() {
        UPAttribute attribute = new UPAttribute(
                VISIBILITY_ATTRIBUTE,
                new UPAttributePermissions(
                        Set.of(UserProfileConstants.ROLE_ADMIN, UserProfileConstants.ROLE_USER),
                        Set.of(UserProfileConstants.ROLE_ADMIN)));
        attribute.setDisplayName("Session visibility");
        attribute.setValidations(Map.of("options", Map.of("options", List.of(PRIVATE))));
        attribute.setAnnotations(Map.of("inputType", "select"));
        return attribute;
    }
}
