package io.github.clinicsessions.registry.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.FeedCursor;
import io.github.clinicsessions.registry.FeedHead;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaiterTest {

    private static final String EPOCH = "0123456789abcdef";

    private final Waiter waiter = Waiter.of("realm", new FeedCursor(EPOCH, 7), Duration.ofSeconds(25));

    @Test
    void isBehindOnceTheFeedHasGoneOn() {
        assertThat(waiter.isBehind(new FeedHead(EPOCH, 7))).isFalse();
        assertThat(waiter.isBehind(new FeedHead(EPOCH, 8))).isTrue();
        assertThat(waiter.isBehind(new FeedHead(EPOCH, 6)))
                .as("a head that was read before")
                .isFalse();
    }

    @Test
    void isBehindOnceTheFeedHasBegunAnew() {
        assertThat(waiter.isBehind(new FeedHead("fedcba9876543210", 1))).isTrue();
        assertThat(waiter.isBehind(FeedHead.NONE)).isTrue();
    }

    @Test
    void whoWaitsAtTheSamePlaceIsStillSomebodyElse() {
        Waiter other = Waiter.of("realm", new FeedCursor(EPOCH, 7), Duration.ofSeconds(25));

        assertThat(other).isNotEqualTo(waiter);
        assertThat(other.place()).isEqualTo(waiter.place());
        assertThat(waiter.isDue()).isFalse();
        assertThat(Waiter.of("realm", new FeedCursor(EPOCH, 7), Duration.ZERO).isDue())
                .isTrue();
    }
}
