package io.github.clinicsessions.audit.chain;

import io.github.clinicsessions.platform.ClusterTask;
import java.time.Duration;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * When the chain is sealed and cut.
 *
 * @param sealInterval at least a second
 * @param retentionInterval at least a second
 * @param deleteWithRealm whether the rows of a deleted realm go with the next retention, not at the end of their term
 */
public record LedgerTasks(Duration sealInterval, Duration retentionInterval, boolean deleteWithRealm) {

    /** Starts both as soon as the tables are there. */
    public void startWith(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                ClusterTask.schedule(factory, "clinic-ledger-seal", sealInterval, LedgerSealer::run);
                ClusterTask.schedule(
                        factory,
                        "clinic-ledger-retention",
                        retentionInterval,
                        running -> LedgerRetention.run(running, deleteWithRealm));
            }
        });
    }
}
