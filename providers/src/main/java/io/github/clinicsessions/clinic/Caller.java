package io.github.clinicsessions.clinic;

import java.util.Set;

/**
 * Who asks, as far as rights depend on it. Made by {@link Callers}.
 *
 * @param account what the person may do with their own account in this request
 * @param realm roles of the realm that count in this request
 */
public record Caller(String userId, boolean serviceAccount, Set<AccountRight> account, Set<RealmRole> realm) {

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
        API,
        /** {@code clinic-owner}. */
        OWNER
    }
}
