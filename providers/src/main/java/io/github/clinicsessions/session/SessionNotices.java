package io.github.clinicsessions.session;

import java.util.List;

/**
 * What is to be told of one session that is about to end.
 *
 * @param clients one for each of its clients, or a single one without a client
 * @param tellings what Keycloak's own protocol code tells; to be run once the session is removed, by the request that holds
 *     its models
 */
record SessionNotices(List<ClientNotice> clients, List<Telling> tellings) {

    /** One of them. It may take as long as whoever is told, and may throw. */
    record Telling(String who, Runnable run) {}
}
