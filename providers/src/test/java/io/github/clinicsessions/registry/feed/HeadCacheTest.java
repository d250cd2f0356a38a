package io.github.clinicsessions.registry.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.FeedHead;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeadCacheTest {

    private static final FeedHead HEAD = new FeedHead("0123456789abcdef", 1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may run over
    private final HeadCache cache = new HeadCache(now::get);
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void whatWasReadAMomentAgoIsNotReadAgain() {
        assertThat(get("a")).isEqualTo(HEAD);
        now.addAndGet(Duration.ofMillis(199).toNanos());
        assertThat(get("a")).isEqualTo(HEAD);

        assertThat(reads).hasValue(1);
        get("b");
        assertThat(reads).as("another realm's").hasValue(2);
    }

    @Test
    void afterAMomentItIsReadAgain() {
        get("a");

        now.addAndGet(Duration.ofMillis(200).toNanos());
        get("a");

        assertThat(reads).hasValue(2);
    }

    @Test
    void whatHasGrownIsReadAtOnce() {
        get("a");
        cache.forget("a");
        get("a");

        assertThat(reads).hasValue(2);
    }

    @Test
    void manyRealmsAreForgottenNotKept() {
        for (int i = 0; i < 2_500; i++) {
            get("realm-" + i);
        }

        assertThat(get("realm-2499")).isEqualTo(HEAD);
    }

    private FeedHead get(String realmId) {
        return cache.get(realmId, () -> {
            reads.incrementAndGet();
            return HEAD;
        });
    }
}
