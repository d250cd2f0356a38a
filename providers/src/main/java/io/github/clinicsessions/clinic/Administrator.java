package io.github.clinicsessions.clinic;

import java.util.Set;

/**
 * An administrator who asks by Keycloak's admin REST API, as far as rights depend on it. Made by {@link Administrators}.
 *
 * @param rights what Keycloak lets them do with the realm of this request
 */
public record Administrator(Set<Right> rights) {

    /** Rights over a realm that matter here, by the names of Keycloak's roles. */
    public enum Right {
        /** {@code view-realm}, also had by {@code manage-realm}. */
        VIEW_REALM,
        /** {@code manage-realm}. */
        MANAGE_REALM,
        /** {@code view-events}, also had by {@code manage-events}. */
        VIEW_EVENTS,
        /** {@code view-users}, also had by {@code manage-users}. */
        VIEW_USERS,
        /** {@code manage-users}. */
        MANAGE_USERS
    }
}
