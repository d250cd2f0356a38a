package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * What follows a request and must not keep it waiting; thread-safe. Not durable: each task is such that what it leaves undone
 * is found later, by {@link UnfinishedEnds} or by the next use of a session.
 */
public final class Background implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Background.class);

    private final ScheduledThreadPoolExecutor executor;
    private final int waitingAtMost;

    /** @param waitingAtMost how many tasks may wait; further ones are not taken */
    public Background(int threads, int waitingAtMost) {
        this.waitingAtMost = waitingAtMost;
        executor = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, "clinic-sessions-background");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Work on a realm that is still there, with a Keycloak session of its own. */
    @FunctionalInterface
    public interface Task {
        void run(KeycloakSession session, RealmModel realm);
    }

    /**
     * Returns at once.
     *
     * @return whether the task will be run
     */
    public boolean run(KeycloakSessionFactory factory, String realmId, Task task) {
        return runLater(Duration.ZERO, factory, realmId, task);
    }

    /** The same after some time. */
    public boolean runLater(Duration delay, KeycloakSessionFactory factory, String realmId, Task task) {
        try {
            if (executor.getQueue().size() < waitingAtMost) {
                var unused = executor.schedule(
                        () -> guarded(factory, realmId, task), delay.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            }
            LOG.debug("too much waits in the background: left to the next look");
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is stopping: left to the next look", e);
        }
        return false;
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
