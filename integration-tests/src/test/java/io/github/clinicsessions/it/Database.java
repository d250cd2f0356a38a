package io.github.clinicsessions.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The server's database as a test reaches it. */
public record Database(String jdbcUrl, String user, String password) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }
}
