package io.github.clinicsessions.clinic;

/**
 * What a realm administrator may do in the realm that is asked about, as Keycloak says. Made by {@link AdminCallers}.
 *
 * @param viewEvents {@code view-events} or {@code manage-events}
 */
public record AdminRights(boolean viewEvents) {}
