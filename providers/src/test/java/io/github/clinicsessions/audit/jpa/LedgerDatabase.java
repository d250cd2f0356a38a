package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** The ledger's tables, as its changelog makes them, in a PostgreSQL of their own; without Keycloak. */
public final class LedgerDatabase implements AutoCloseable {

    private static final String CHANGELOG = "META-INF/clinic-sessions-ledger-changelog.xml";

    private final EmbeddedPostgres postgres;
    private final EntityManagerFactory factory;

    private LedgerDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        factory = new HibernatePersistenceConfiguration("ledger")
                .managedClasses(
                        SessionLedgerEntity.class,
                        LedgerClinicEntity.class,
                        ChainedRowEntity.class,
                        LedgerHeadEntity.class,
                        LedgerSealEntity.class)
                .jdbcUrl(postgres.getJdbcUrl("postgres", "postgres"))
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
        try {
            LedgerDatabase database = new LedgerDatabase(EmbeddedPostgres.start());
            database.execute("CREATE TABLE ORG (ID VARCHAR(255) PRIMARY KEY, REALM_ID VARCHAR(255) NOT NULL)");
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next change sets. */
    void migrate(int changeSets) {
        try (Connection connection = connect();
                Liquibase liquibase =
                        new Liquibase(CHANGELOG, new ClassLoaderResourceAccessor(), new JdbcConnection(connection))) {
            liquibase.update(changeSets, new Contexts(), new LabelExpression());
        } catch (LiquibaseException | SQLException e) {
            throw new IllegalStateException(e);
        }
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
        try (Connection connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of each row. */
    public List<String> texts(String sql) {
        try (Connection connection = connect();
                var statement = connection.prepareStatement(sql);
                var result = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() {
        factory.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
