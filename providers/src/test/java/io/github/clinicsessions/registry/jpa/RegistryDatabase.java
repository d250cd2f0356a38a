package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.TestPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Function;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.keycloak.models.jpa.session.PersistentClientSessionEntity;
import org.keycloak.models.jpa.session.PersistentUserSessionEntity;

/**
 * The registry's tables, as its changelog makes them, and Keycloak's two of sessions, as Keycloak 26.7's changelogs do, in a
 * PostgreSQL of their own; without Keycloak.
 */
final class RegistryDatabase implements AutoCloseable {

    private static final String CHANGELOG = "META-INF/clinic-sessions-registry-changelog.xml";

    private final TestPostgres postgres;
    private final EntityManagerFactory factory;

    private RegistryDatabase(TestPostgres postgres) {
        this.postgres = postgres;
        factory = new HibernatePersistenceConfiguration("registry")
                .managedClasses(
                        LivingSessionEntity.class,
                        IdleHeadEntity.class,
                        PersistentUserSessionEntity.class,
                        PersistentClientSessionEntity.class)
                .jdbcUrl(postgres.url())
                .property("hibernate.jdbc.batch_size", 32) // as in Keycloak
                .property("hibernate.query.startup_check", false) // Keycloak's named queries name more of its tables
                .createEntityManagerFactory();
    }

    static RegistryDatabase start() {
        RegistryDatabase database = new RegistryDatabase(TestPostgres.start());
        database.postgres.migrate(CHANGELOG, Integer.MAX_VALUE);
        database.execute("CREATE TABLE OFFLINE_USER_SESSION (USER_SESSION_ID VARCHAR(36), USER_ID VARCHAR(255),"
                + " REALM_ID VARCHAR(36) NOT NULL, CREATED_ON INT NOT NULL, OFFLINE_FLAG VARCHAR(4), DATA TEXT,"
                + " LAST_SESSION_REFRESH INT NOT NULL, BROKER_SESSION_ID VARCHAR(1024), VERSION INT,"
                + " REMEMBER_ME BOOLEAN, PRIMARY KEY (USER_SESSION_ID, OFFLINE_FLAG))");
        database.execute(
                "CREATE INDEX IDX_OFFLINE_USS_BY_USER ON OFFLINE_USER_SESSION (USER_ID, REALM_ID, OFFLINE_FLAG)");
        database.execute("CREATE INDEX IDX_OFFLINE_USS_BY_LAST_SESSION_REFRESH ON OFFLINE_USER_SESSION"
                + " (REALM_ID, OFFLINE_FLAG, LAST_SESSION_REFRESH)");
        database.execute("CREATE TABLE OFFLINE_CLIENT_SESSION (USER_SESSION_ID VARCHAR(36), CLIENT_ID VARCHAR(255),"
                + " OFFLINE_FLAG VARCHAR(4), TIMESTAMP INT, DATA TEXT, CLIENT_STORAGE_PROVIDER VARCHAR(36),"
                + " EXTERNAL_CLIENT_ID VARCHAR(255), VERSION INT, REALM_ID VARCHAR(36), PRIMARY KEY"
                + " (USER_SESSION_ID, CLIENT_ID, CLIENT_STORAGE_PROVIDER, EXTERNAL_CLIENT_ID, OFFLINE_FLAG))");
        return database;
    }

    /**
     * So many living sessions of a realm, each with Keycloak's rows of it and of two clients; every {@code count / due}-th is due,
     * and of those half have a client that reports.
     */
    void fill(int count, int due) {
        execute(
                "INSERT INTO CLINIC_LIVING_SESSION (REALM_ID, SESSION_ID, USER_ID, STARTED_AT, REGISTERED_AT, IDLE_DUE_AT,"
                        + " LAST_BEAT_AT, REPORTING_CLIENTS) SELECT 'realm', 's' || i, 'u' || i / 3, 1000, 1000,"
                        + " CASE WHEN i % ? = 0 THEN i ELSE 9000000000000 + i END, 0,"
                        + " CASE WHEN i % 2 = 0 THEN 'app' END FROM generate_series(1, ?) i",
                count / due, count);
        execute(
                "INSERT INTO OFFLINE_USER_SESSION SELECT 's' || i, 'u' || i / 3, 'realm', 1, '0', repeat('x', 300), 1, NULL, 0,"
                        + " FALSE FROM generate_series(1, ?) i",
                count);
        execute(
                "INSERT INTO OFFLINE_CLIENT_SESSION SELECT 's' || i, c, '0', 1, repeat('x', 200), 'local', 'local', 0, 'realm'"
                        + " FROM generate_series(1, ?) i, unnest(ARRAY['app', 'other']) c",
                count);
        execute("VACUUM ANALYZE");
    }

    <T> T in(Function<EntityManager, T> task) {
        return factory.callInTransaction(task);
    }

    void execute(String sql, Object... values) {
        postgres.execute(sql, values);
    }

    List<String> texts(String sql) {
        return postgres.texts(sql);
    }

    @Override
    public void close() {
        factory.close();
        postgres.close();
    }
}
