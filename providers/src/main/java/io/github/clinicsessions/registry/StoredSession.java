package io.github.clinicsessions.registry;

import org.jspecify.annotations.Nullable;

/**
 * A session as Keycloak's table has it; an online and an offline one may have the same id.
 *
 * @param startedAt seconds since the epoch
 * @param lastActiveAt seconds since the epoch, as of Keycloak's last commit: it writes each use of a session in the transaction
 *     of the request
 * @param identityProvider alias of the one by which the person signed in; null for none
 */
public record StoredSession(
        String userId,
        String sessionId,
        boolean offline,
        boolean rememberMe,
        int startedAt,
        int lastActiveAt,
        @Nullable String identityProvider) {}
