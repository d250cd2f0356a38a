package io.github.clinicsessions.registry.feed;

import io.github.clinicsessions.platform.ClusterTask;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.jpa.EndedSessions;
import java.time.Duration;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/** Deletes what is kept no longer: tombstones of sessions of which no token can be valid any more. */
public final class FeedCleaning {

    private static final int BATCH = 500;

    /** The task shares Keycloak's one timer thread; what is left over is for the next time. */
    private static final int BATCHES = 20;

    private FeedCleaning() {}

    /**
     * Begins as soon as the tables are there.
     *
     * @param interval at least a second
     */
    public static void startWith(KeycloakSessionFactory factory, Duration interval) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                ClusterTask.schedule(factory, "clinic-feed-cleaning", interval, FeedCleaning::run);
            }
        });
    }

    private static void run(KeycloakSessionFactory factory) {
        int deleted = BATCH;
        for (int batch = 0; batch < BATCHES && deleted == BATCH; batch++) {
            deleted = Transactions.resultInBackground(
                    factory, session -> new EndedSessions(session).deleteExpired(BATCH));
        }
    }
}
