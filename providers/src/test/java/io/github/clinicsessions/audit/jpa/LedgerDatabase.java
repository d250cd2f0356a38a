package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.TestPostgres;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** The ledger's tables, as its changelog makes them, in a PostgreSQL of their own; without Keycloak. */
public final class LedgerDatabase implements AutoCloseable {

    private static final String CHANGELOG = "META-INF/clinic-sessions-ledger-changelog.xml";

    private final TestPostgres postgres;
    private final EntityManagerFactory factory;

    private LedgerDatabase(TestPostgres postgres) {
        this.postgres = postgres;
        factory = new HibernatePersistenceConfiguration("ledger")
                .managedClasses(
                        SessionLedgerEntity.class,
                        LedgerClinicEntity.class,
                        ChainedRowEntity.class,
                        LedgerHeadEntity.class,
                        LedgerSealEntity.class)
                .jdbcUrl(postgres.url())
                .property("hibernate.jdbc.batch_size", 32) // as in Keycloak
                .createEntityManagerFactory();
    }

    public static LedgerDatabase start() {
        LedgerDatabase database = empty();
        database.migrate(Integer.MAX_VALUE);
        return database;
    }

    /** Without our tables, with the one of Keycloak's that the changelog reads. */
    static LedgerDatabase empty() {
        LedgerDatabase database = new LedgerDatabase(TestPostgres.start());
        database.execute("CREATE TABLE ORG (ID VARCHAR(255) PRIMARY KEY, REALM_ID VARCHAR(255) NOT NULL)");
        return database;
    }

    /** The next change sets. */
    void migrate(int changeSets) {
        postgres.migrate(CHANGELOG, changeSets);
    }

    /** In a transaction of its own; with a rollback if it throws. */
    public <T> T in(Function<LedgerStoreProvider, T> task) {
        return inEntityManager(entityManager -> task.apply(new JpaLedgerStoreProvider(entityManager)));
    }

    public void run(Consumer<LedgerStoreProvider> task) {
        in(store -> {
            task.accept(store);
            return true;
        });
    }

    <T> T inEntityManager(Function<EntityManager, T> task) {
        return factory.callInTransaction(task);
    }

    int execute(String sql, Object... values) {
        return postgres.execute(sql, values);
    }

    /** The first column of each row. */
    public List<String> texts(String sql) {
        return postgres.texts(sql);
    }

    @Override
    public void close() {
        factory.close();
        postgres.close();
    }
}
