package io.github.clinicsessions.clinic;

import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.storage.StorageId;
import org.keycloak.utils.StringUtil;

/**
 * Where a person's password can be changed.
 *
 * @param elsewhere names of directories or identity providers where the person has a password too, or has the only one; sorted
 */
public record PasswordHome(Kind kind, List<String> elsewhere) {

    /** Where. */
    public enum Kind {
        /** Here: Keycloak keeps it, or may write it to the directory that does. */
        HERE,
        /** Not here: a directory that may only be read keeps it, or the person signs in by identity providers only. */
        ELSEWHERE,
        /** Here, but only by an administrator: the realm has switched off that people do. */
        ADMINISTRATION,
        /** Nowhere: the person has none, but a passkey, for one. */
        NONE,
        /** It could not be found out. */
        UNKNOWN
    }

    private static final Logger LOG = Logger.getLogger(PasswordHome.class);

    /** Of directories: Keycloak's {@code LDAPConstants.EDIT_MODE}, and that of Kerberos. */
    private static final String EDIT_MODE = "editMode";

    private static final String READ_ONLY = "READ_ONLY";

    /** Directories that are never written to, and have no setting that says so. */
    private static final Set<String> NEVER_WRITTEN = Set.of("sssd");

    /** Never fails: it is asked for on the way to ending a session. */
    static PasswordHome of(KeycloakSession session, RealmModel realm, UserModel user) {
        try {
            return find(session, realm, user);
        } catch (RuntimeException e) {
            LOG.errorf(e, "where the password of user %s can be changed is not known", user.getId());
            return new PasswordHome(Kind.UNKNOWN, List.of());
        }
    }

    private static PasswordHome find(KeycloakSession session, RealmModel realm, UserModel user) {
        ComponentModel directory = directory(realm, user);
        if (directory != null
                && (READ_ONLY.equals(directory.get(EDIT_MODE)) || NEVER_WRITTEN.contains(directory.getProviderId()))) {
            return new PasswordHome(Kind.ELSEWHERE, List.of(directory.getName()));
        }
        List<String> providers = identityProviders(session, realm, user);
        if (!user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)) {
            return new PasswordHome(providers.isEmpty() ? Kind.NONE : Kind.ELSEWHERE, providers);
        }
        RequiredActionProviderModel action =
                realm.getRequiredActionProviderByAlias(UserModel.RequiredAction.UPDATE_PASSWORD.name());
        return new PasswordHome(action != null && action.isEnabled() ? Kind.HERE : Kind.ADMINISTRATION, providers);
    }

    private static @Nullable ComponentModel directory(RealmModel realm, UserModel user) {
        String id = user.getFederationLink();
        if (id == null && !StorageId.isLocalStorage(user.getId())) {
            id = StorageId.providerId(user.getId());
        }
        return id == null ? null : realm.getComponent(id);
    }

    private static List<String> identityProviders(KeycloakSession session, RealmModel realm, UserModel user) {
        return session.users()
                .getFederatedIdentitiesStream(realm, user)
                .map(link -> name(session, link.getIdentityProvider()))
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    private static String name(KeycloakSession session, String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider == null || StringUtil.isBlank(provider.getDisplayName()) ? alias : provider.getDisplayName();
    }
}
