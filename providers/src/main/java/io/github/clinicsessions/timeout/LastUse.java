package io.github.clinicsessions.timeout;

import java.util.Map;
import java.util.Set;

/**
 * When a human was last there, from what is known of a session. Pure. All times are milliseconds since the epoch.
 *
 * @param startedAt sign-in
 * @param lastRefreshAt Keycloak's last use of the session: sign-in, SSO or token refresh, of whatever client
 * @param clientUsedAt the last sign-in or token refresh of each client, by Keycloak's id of the client
 * @param lastBeatAt the last report of a human; 0 for none
 * @param reporting clients that report humans, so that their refreshes tell nothing
 */
public record LastUse(
        long startedAt, long lastRefreshAt, Map<String, Long> clientUsedAt, long lastBeatAt, Set<String> reporting) {

    public long at() {
        long used = reporting.isEmpty()
                ? lastRefreshAt
                : clientUsedAt.entrySet().stream()
                        .filter(client -> !reporting.contains(client.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .max()
                        .orElse(startedAt);
        return Math.max(Math.max(startedAt, lastBeatAt), used);
    }
}
