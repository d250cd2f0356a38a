package io.github.clinicsessions.registry.feed;

import io.github.clinicsessions.registry.FeedHead;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Where each realm's feed ended a moment ago, so that many who poll cost few queries. Safe for threads. */
final class HeadCache {

    /** So much later than without the cache may somebody who polls on another server hear of an end. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Realms come and go; nothing is lost by beginning anew. */
    private static final int REALMS_AT_MOST = 1_000;

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} */
    HeadCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The known one, or read now. */
    FeedHead get(String realmId, Supplier<FeedHead> read) {
        Seen known = seen.get(realmId);
        return known != null && nanoTime.getAsLong() - known.at() < FRESH_NANOS ? known.head() : refresh(realmId, read);
    }

    /** Read now. */
    FeedHead refresh(String realmId, Supplier<FeedHead> read) {
        FeedHead head = read.get();
        put(realmId, head);
        return head;
    }

    /** One that was read just now. */
    void put(String realmId, FeedHead head) {
        if (seen.size() >= REALMS_AT_MOST) {
            seen.clear();
        }
        seen.put(realmId, new Seen(head, nanoTime.getAsLong()));
    }

    void forget(String realmId) {
        seen.remove(realmId);
    }

    /** @param at when it was read */
    private record Seen(FeedHead head, long at) {}
}
