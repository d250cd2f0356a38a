package io.github.clinicsessions.clinic;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as rights depend on it. Made by {@link Callers}.
 *
 * @param account what the person may do with their own account in this request
 * @param realm roles of the realm that count in this request
 * @param owned the clinics of which the person is owner in this request
 * @param impersonated whether an administrator has opened the session as this person
 * @param signedInAt when the person last proved who they are; null if that is not known
 */
public record Caller(
        String userId,
        boolean serviceAccount,
        Set<AccountRight> account,
        Set<RealmRole> realm,
        List<Clinic> owned,
        boolean impersonated,
        @Nullable Instant signedInAt) {

    /** Roles of Keycloak's client {@code account} that matter here. */
    public enum AccountRight {
        /** {@code manage-account}. */
        MANAGE,
        /** {@code view-profile}. */
        VIEW
    }

    /** Roles of the realm that matter here. */
    public enum RealmRole {
        /** {@code clinic-api}: an application that acts for itself. */
        API
    }

    /**
     * Of the clinics that the person owns the one of this alias; all without one. Empty where it is not theirs: it does not exist
     * for them. The realm as a clinic has no alias.
     */
    public List<Clinic> owned(@Nullable String alias) {
        return alias == null
                ? owned
                : owned.stream().filter(clinic -> alias.equals(clinic.alias())).toList();
    }

    /** Who owns nothing. */
    Caller(String userId, boolean serviceAccount, Set<AccountRight> account, Set<RealmRole> realm) {
        this(userId, serviceAccount, account, realm, List.of(), false, null);
    }
}
