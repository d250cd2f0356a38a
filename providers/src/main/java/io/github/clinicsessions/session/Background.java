package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * What follows a request and must not keep it waiting; {@value #THREADS} threads, thread-safe. Not durable: each task is such
 * that what it leaves undone is found by {@link UnfinishedEnds} or {@link VanishedSessions}.
 */
final class Background implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Background.class);
    private static final int THREADS = 2;
    private static final int QUEUED = 10_000;
    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUED), task -> {
                Thread thread = new Thread(task, "clinic-sessions-background");
                thread.setDaemon(true);
                return thread;
            });

    Background() {
        executor.allowCoreThreadTimeOut(true);
    }

    /** Work on a realm that is still there, with a Keycloak session of its own. */
    @FunctionalInterface
    interface Task {
        void run(KeycloakSession session, RealmModel realm);
    }

    /**
     * Returns at once.
     *
     * @return whether the task will be run
     */
    boolean run(KeycloakSessionFactory factory, String realmId, Task task) {
        try {
            executor.execute(() -> guarded(factory, realmId, task));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.warn("too much waits in the background, or the server is stopping: left to the next look");
            return false;
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private static void guarded(KeycloakSessionFactory factory, String realmId, Task task) {
        try {
            Transactions.inBackground(factory, session -> {
                RealmModel realm = session.realms().getRealm(realmId);
                if (realm != null) {
                    session.getContext().setRealm(realm);
                    task.run(session, realm);
                }
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "left to the next look, in realm %s", realmId);
        }
    }
}
