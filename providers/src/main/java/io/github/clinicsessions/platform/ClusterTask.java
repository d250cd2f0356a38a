package io.github.clinicsessions.platform;

import java.time.Duration;
import java.util.function.Consumer;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Work in the background that one node of the cluster does at a time. It runs on Keycloak's one timer thread, so it must be
 * short and must not wait for locks.
 *
 * <p>Not Keycloak's {@code ClusterAwareScheduledTaskRunner}: that names the cluster's lock by the task's class and lets it
 * go after one interval, finished or not.
 */
public final class ClusterTask implements ScheduledTask {

    private static final Duration LOCK_AT_LEAST = Duration.ofMinutes(2);

    private final String name;
    private final Duration interval;
    private final Consumer<KeycloakSessionFactory> work;

    private ClusterTask(String name, Duration interval, Consumer<KeycloakSessionFactory> work) {
        this.name = name;
        this.interval = interval;
        this.work = work;
    }

    /** Runs the work after one interval and again after each, on whichever node comes first. */
    public static void schedule(
            KeycloakSessionFactory factory, String name, Duration interval, Consumer<KeycloakSessionFactory> work) {
        try (KeycloakSession session = factory.create()) {
            session.getProvider(TimerProvider.class)
                    .scheduleTask(new ClusterTask(name, interval, work), interval.toMillis());
        }
    }

    @Override
    public String getTaskName() {
        return name;
    }

    @Override
    public void run(KeycloakSession session) {
        Duration lock = interval.compareTo(LOCK_AT_LEAST) < 0 ? LOCK_AT_LEAST : interval;
        session.getProvider(ClusterProvider.class)
                .executeIfNotExecuted("clinic-sessions::" + name, Math.toIntExact(lock.toSeconds()), () -> {
                    work.accept(session.getKeycloakSessionFactory());
                    return null;
                });
    }
}
