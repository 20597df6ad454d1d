package dev.parley.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Makes databases, each with a role of its own, on any PostgreSQL where one may create both.
public final class DatabaseOwners {

    private final String url;
    private final String user;
    private final String password;

    /// @param url JDBC URL of a database that exists already, as `…/postgres`
    /// @param user a superuser, or a role with CREATEDB and CREATEROLE
    public DatabaseOwners(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /// Makes a login role and a database that belongs to it and that no other role can enter.
    ///
    /// Idempotent: what exists stays, and the role takes the password given.
    ///
    /// @throws IllegalStateException if the server refuses
    public void create(String database, String owner, String ownerPassword) {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            boolean known = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", owner);
            execute(connection, (known ? "ALTER" : "CREATE") + " ROLE %I LOGIN PASSWORD %L", owner, ownerPassword);
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                // Without being a member, only a superuser may give a database away.
                execute(connection, "GRANT %I TO CURRENT_USER", owner);
                execute(connection, "CREATE DATABASE %I OWNER %I", database, owner);
            }
            execute(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", database);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create database " + database + ": " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /// Runs a statement that takes no parameters, its names (`%I`) and literals (`%L`) quoted by the server.
    private static void execute(Connection connection, String format, String... arguments) throws SQLException {
        String places = ", ?".repeat(arguments.length);
        try (PreparedStatement quoting = connection.prepareStatement("SELECT format('" + format + "'" + places + ")");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < arguments.length; i++) {
                quoting.setString(i + 1, arguments[i]);
            }
            try (ResultSet rows = quoting.executeQuery()) {
                rows.next();
                statement.execute(rows.getString(1));
            }
        }
    }
}
