package dev.parley.room.testing;

import dev.parley.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A way past the code, into the service's database.
public final class Sql {

    private final PostgresServer server;

    public Sql(PostgresServer server) {
        this.server = server;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("parley_room"), "parley_room", "secret");
    }

    /// Runs statements in one transaction.
    public void transaction(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (var sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /// The first column of a query.
    public List<String> texts(String query) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var texts = new ArrayList<String>();
            var rows = statement.executeQuery(query);
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    /// The first column of a query.
    public List<Long> numbers(String query) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var numbers = new ArrayList<Long>();
            var rows = statement.executeQuery(query);
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }
}
