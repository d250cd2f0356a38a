package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownSessionsTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final KnownSessions known = new KnownSessions(now::get);

    @Test
    void aSessionIsLookedAtOnceAndAgainAfterFiveMinutes() {
        assertThat(known.add("a")).isTrue();
        assertThat(known.add("a")).isFalse();
        now.addAndGet(TimeUnit.MINUTES.toNanos(5) - 1);
        assertThat(known.add("a")).isFalse();
        now.addAndGet(1);
        assertThat(known.add("a")).isTrue();
        assertThat(known.add("a")).isFalse();
    }

    @Test
    void aForgottenOneIsLookedAtAgain() {
        known.add("a");
        known.forget("a");
        assertThat(known.add("a")).isTrue();
    }

    @Test
    void thoseUsedLastStay() {
        known.add("used");
        for (var i = 0; i < 250_000; i++) {
            known.add("s" + i);
            known.add("used");
        }
        assertThat(known.add("used")).isFalse();
        assertThat(known.add("s0")).isTrue();
    }
}
