package io.github.clinicsessions.registry.feed;

import io.github.clinicsessions.registry.FeedCursor;
import io.github.clinicsessions.registry.FeedEntry;
import io.github.clinicsessions.registry.FeedHead;
import io.github.clinicsessions.registry.FeedPage;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** Reads pages of the feed; whoever has read everything costs no query while the head is fresh. */
final class FeedReader {

    private final HeadCache heads;

    FeedReader(HeadCache heads) {
        this.heads = heads;
    }

    /** As {@link EndedFeed#read}. */
    Optional<FeedPage> read(KeycloakSession session, String realmId, @Nullable FeedCursor since) {
        EndedSessions ended = new EndedSessions(session);
        Supplier<FeedHead> now = () -> ended.head(realmId);
        FeedHead head = heads.get(realmId, now);
        if (since != null && !since.isOf(head)) {
            head = heads.refresh(realmId, now); // read on another server, or a moment ago
            if (!since.isOf(head)) {
                return Optional.empty();
            }
        }
        long after = since == null ? 0 : since.seq();
        if (after == head.seq()) {
            return Optional.of(new FeedPage(FeedCursor.of(head), List.of()));
        }
        List<FeedEntry> entries = ended.feed(realmId, after, EndedFeed.PAGE);
        return Optional.of(new FeedPage(new FeedCursor(head.epoch(), upTo(head, entries)), entries));
    }

    /** A full page ends with its last entry. Otherwise all up to the head was seen, and maybe what came after it was read. */
    private static long upTo(FeedHead head, List<FeedEntry> entries) {
        if (entries.isEmpty()) {
            return head.seq();
        }
        long last = entries.get(entries.size() - 1).seq();
        return entries.size() == EndedFeed.PAGE ? last : Math.max(head.seq(), last);
    }
}
