package io.github.clinicsessions;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;

/** A PostgreSQL of a test's own, without Keycloak: for what tables and queries do by themselves. */
public final class TestPostgres implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private TestPostgres(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Empty. */
    public static TestPostgres start() {
        try {
            return new TestPostgres(EmbeddedPostgres.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** The next change sets of a changelog. */
    public void migrate(String changelog, int changeSets) {
        try (Connection connection = connect();
                Liquibase liquibase =
                        new Liquibase(changelog, new ClassLoaderResourceAccessor(), new JdbcConnection(connection))) {
            liquibase.update(changeSets, new Contexts(), new LabelExpression());
        } catch (LiquibaseException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many rows it changed. */
    public int execute(String sql, Object... values) {
        try (Connection connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
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
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
