package io.github.clinicsessions.registry;

import org.jspecify.annotations.Nullable;

/**
 * What one client is told of the end of one session, and what has come of it. Of a session that no client used there is one
 * without a client.
 *
 * @param terminationId of the session's {@link EndedSession}
 * @param sessionRef the ledger's name of the session; its id stands in the claims alone, and those go when they are not
 *     needed any more
 * @param client Keycloak's internal id
 * @param clientId as people know it, at that time
 * @param claims of the logout token, JSON, without what is made anew for each attempt; null where none is sent any more
 * @param attempts how many were begun; also what tells two servers apart that want to make the next one
 * @param endedAt milliseconds since the epoch; null until nothing of the session was found any more
 * @param answeredAt milliseconds since the epoch, of {@link State#ANSWERED} only
 * @param refusesBy milliseconds since the epoch: until then the client's access tokens may be accepted where they are
 *     verified without asking Keycloak
 */
public record EndNotice(
        String id,
        String realmId,
        String terminationId,
        String sessionRef,
        String userId,
        @Nullable String client,
        @Nullable String clientId,
        State state,
        @Nullable String claims,
        int attempts,
        @Nullable Long endedAt,
        @Nullable Long answeredAt,
        long refusesBy) {

    /** What has come of it. Stable names: stored. */
    public enum State {
        /** It has not answered yet. */
        WAITING,
        /** It has confirmed that it was told. */
        ANSWERED,
        /** It was tried as often as it is tried, or there is nothing left to be told. */
        GIVEN_UP,
        /** It has no way to be told. */
        NOT_TOLD,
        /** Keycloak's own protocol code tells it, once, and keeps the answer to itself. */
        BY_KEYCLOAK
    }
}
