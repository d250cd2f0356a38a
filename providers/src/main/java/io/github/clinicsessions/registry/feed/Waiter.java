package io.github.clinicsessions.registry.feed;

import io.github.clinicsessions.registry.FeedCursor;
import io.github.clinicsessions.registry.FeedHead;
import io.github.clinicsessions.registry.FeedPage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody who waits. Equal to nobody else.
 *
 * @param place what they have read; who waits at the same place gets the same answer
 * @param until {@code System.nanoTime()} at which they are answered in any case
 */
record Waiter(Place place, long until, CompletableFuture<Optional<FeedPage>> answer) {

    /** A cursor of a realm's feed. */
    record Place(String realmId, FeedCursor cursor) {}

    static Waiter of(String realmId, FeedCursor read, Duration wait) {
        return new Waiter(new Place(realmId, read), System.nanoTime() + wait.toNanos(), new CompletableFuture<>());
    }

    String realmId() {
        return place.realmId();
    }

    boolean isDue() {
        return System.nanoTime() - until >= 0;
    }

    /** Whether the feed has gone on, or has begun anew. */
    boolean isBehind(FeedHead head) {
        return !place.cursor().equals(FeedCursor.of(head));
    }
}
