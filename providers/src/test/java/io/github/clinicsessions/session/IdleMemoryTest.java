package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {

    private static final long LOOK_AGAIN = IdleMemory.LOOK_AGAIN.toMillis();

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final IdleMemory memory = new IdleMemory(now::get);

    @Test
    void nothingIsCertainOfWhatWasNeverLookedAt() {
        assertThat(memory.lives("realm", "session")).isFalse();
    }

    @Test
    void certainUntilItIsDue() {
        memory.lives("realm", "session", now.get() + 100);

        now.addAndGet(99);
        assertThat(memory.lives("realm", "session")).isTrue();
        assertThat(memory.lives("other", "session")).isFalse();
        now.addAndGet(1);
        assertThat(memory.lives("realm", "session")).isFalse();
    }

    @Test
    void looksAgainEachFewSecondsForARuleMayHaveBecomeStricter() {
        memory.lives("realm", "session", Long.MAX_VALUE);

        now.addAndGet(LOOK_AGAIN - 1);
        assertThat(memory.lives("realm", "session")).isTrue();
        now.addAndGet(1);
        assertThat(memory.lives("realm", "session")).isFalse();
    }
}
