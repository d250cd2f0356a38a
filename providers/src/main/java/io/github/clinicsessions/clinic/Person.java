package io.github.clinicsessions.clinic;

import java.util.Set;

/**
 * Whose sessions somebody asks for, as far as rights depend on it. Made by {@link Persons}.
 *
 * @param administrator whether they hold an administrator's role of Keycloak's
 * @param clinicIds to which they belong
 * @param ownedClinicIds of which they are owner
 * @param privateTowards those of their clinics towards whose owners they have opted out
 */
public record Person(
        String id,
        boolean serviceAccount,
        boolean administrator,
        Set<String> clinicIds,
        Set<String> ownedClinicIds,
        Set<String> privateTowards) {}
