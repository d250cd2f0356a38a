package io.github.clinicsessions.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Everybody who uses one session, again and again, until they are stopped. */
final class RaceUsers {

    private static final int LIMIT_SECONDS = 60;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Future<?>> users = new ArrayList<>();
    private final ExecutorService pool;

    private RaceUsers(int count) {
        pool = Executors.newFixedThreadPool(count);
    }

    /** Returns when each of them has used it once. */
    static RaceUsers start(RaceUse use, RaceVictim victim) throws InterruptedException {
        var all = new RaceUsers(use.users());
        var begun = new CountDownLatch(use.users());
        for (var i = 0; i < use.users(); i++) {
            var user = i;
            all.users.add(all.pool.submit(() -> {
                use.once(victim, user);
                begun.countDown();
                while (!all.stopped.get()) {
                    use.once(victim, user);
                }
            }));
        }
        if (!begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            all.pool.shutdownNow();
            throw new AssertionError("the users of a session did not begin");
        }
        return all;
    }

    /** Returns when what was under way has been answered. */
    void stop() throws InterruptedException {
        stopped.set(true);
        pool.shutdown();
        try {
            for (var user : users) {
                user.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a user of the session", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
