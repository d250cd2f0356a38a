package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.EndNotice;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Tells clients while nobody waits: first attempts {@value #THREADS} at a time, further ones {@value #RETRY_THREADS} at a time,
 * so that clients that are down do not keep others from being told; thread-safe. What is lost here (too much waits, the server
 * stops) is in the database, and {@link NoticeRetries} finds it.
 *
 * <p>Not Keycloak's executor of that name: its pool stays at four threads, which one dead client with some sessions holds for
 * long.
 */
final class NoticeSender implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NoticeSender.class);
    private static final int THREADS = 32;
    private static final int QUEUED = 10_000;
    private static final int RETRY_THREADS = 8;
    private static final int RETRIES_QUEUED = 200;
    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolExecutor first = executor("clinic-sessions-notice", THREADS, QUEUED);
    private final ThreadPoolExecutor further = executor("clinic-sessions-notice-again", RETRY_THREADS, RETRIES_QUEUED);
    private final NoticeAttempt attempt;

    NoticeSender(NoticePauses pauses) {
        attempt = new NoticeAttempt(pauses);
    }

    /**
     * Makes the first attempts, soon; returns at once.
     *
     * @param durable whether they are in the database; else this is their only attempt
     */
    void send(KeycloakSessionFactory factory, List<EndNotice> notices, boolean durable) {
        for (EndNotice notice : notices) {
            if (notice.state() == EndNotice.State.WAITING) {
                run(first, factory, notice, durable);
            }
        }
    }

    /** Makes an attempt at what is due; returns at once. */
    void sendDue(KeycloakSessionFactory factory, EndNotice notice) {
        run(further, factory, notice, true);
    }

    /** How many of {@link #sendDue} there is room for. */
    int room() {
        return further.getQueue().remainingCapacity();
    }

    @Override
    public void close() {
        first.shutdown();
        further.shutdown();
        attempt.close();
    }

    private void run(ThreadPoolExecutor executor, KeycloakSessionFactory factory, EndNotice notice, boolean durable) {
        try {
            executor.execute(() -> attempt.run(factory, notice, durable));
        } catch (RejectedExecutionException e) {
            LOG.warnf(
                    "client %s is not told of a sign-out %s: too many wait, or the server is stopping",
                    notice.clientId(), durable ? "yet" : "at all");
        }
    }

    private static ThreadPoolExecutor executor(String name, int threads, int queued) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queued), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
