package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.registry.EndedSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about one client of a session that is about to end; see {@link EndNotice}, which it becomes together
 * with the session's tombstone.
 *
 * @param client null where the session has no client
 * @param claims of {@link EndNotice.State#WAITING} only
 */
record ClientNotice(
        @Nullable String client,
        @Nullable String clientId,
        EndNotice.State state,
        @Nullable String claims,
        long refusesBy) {

    EndNotice of(EndedSession tombstone) {
        return new EndNotice(
                UUID.randomUUID().toString(),
                tombstone.realmId(),
                tombstone.terminationId(),
                SessionRef.of(tombstone.sessionId()),
                tombstone.userId(),
                client,
                clientId,
                state,
                claims,
                0,
                null,
                null,
                refusesBy);
    }
}
