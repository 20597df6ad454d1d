package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    Path directory;

    @Test
    void isDurableAsInProduction() throws SQLException {
        try (PostgresServer server = PostgresServer.start();
                Connection superuser = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "")) {
            assertThat(ask(superuser, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(superuser, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(superuser, "SHOW server_version")).startsWith("18.");
            assertThat(ask(superuser, "SHOW server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void givesEachUserOneDatabase() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            server.createDatabase("auth", "auth", "it's \\ secret");
            server.createDatabase("room", "room", "other");
            server.createDatabase("auth", "auth", "it's \\ secret");

            try (Connection auth = DriverManager.getConnection(server.jdbcUrl("auth"), "auth", "it's \\ secret")) {
                assertThat(ask(auth, "SELECT current_user || ' ' || current_database()"))
                        .isEqualTo("auth auth");
                assertThat(ask(auth, "CREATE TABLE t (n int); SELECT 'made'")).isEqualTo("made");
            }
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("auth"), "auth", "wrong"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("auth"), "room", "other"))
                    .hasMessageContaining("permission denied for database");
        }
    }

    @Test
    void makesDatabasesWithoutBeingSuperuser() throws SQLException {
        try (PostgresServer server = PostgresServer.start();
                Connection superuser = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "")) {
            ask(superuser, "CREATE ROLE hoster LOGIN CREATEDB CREATEROLE PASSWORD 'h'; SELECT 1");
            DatabaseOwners hoster = new DatabaseOwners(server.jdbcUrl("postgres"), "hoster", "h");

            hoster.create("parley_auth", "parley_auth", "first");
            hoster.create("parley_auth", "parley_auth", "second");

            try (Connection owner =
                    DriverManager.getConnection(server.jdbcUrl("parley_auth"), "parley_auth", "second")) {
                assertThat(ask(owner, "CREATE TABLE t (n int); SELECT 'made'")).isEqualTo("made");
            }
        }
    }

    @Test
    void keepsCommittedRowsAfterKill() throws SQLException {
        int port = FreePorts.next();
        PostgresServer killed = PostgresServer.start(directory, port);
        killed.createDatabase("room", "room", "secret");
        try (Connection room = DriverManager.getConnection(killed.jdbcUrl("room"), "room", "secret")) {
            ask(room, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7); SELECT 1");
        }

        killed.kill();

        assertThat(killed.isAlive()).isFalse();
        try (PostgresServer again = PostgresServer.start(directory, port);
                Connection room = DriverManager.getConnection(again.jdbcUrl("room"), "room", "secret")) {
            assertThat(ask(room, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void endsServerLeftOnItsDirectory() throws SQLException {
        PostgresServer left = PostgresServer.start(directory, FreePorts.next());

        try (PostgresServer server = PostgresServer.start(directory, FreePorts.next());
                Connection superuser = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "")) {
            assertThat(left.isAlive()).isFalse();
            assertThat(ask(superuser, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void initialisesAnewWhereInitialisationWasCutShort() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "18\n");

        try (PostgresServer server = PostgresServer.start(directory, FreePorts.next());
                Connection superuser = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "")) {
            assertThat(ask(superuser, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysWhyItDidNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThatThrownBy(() -> PostgresServer.start(directory, taken.getLocalPort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("did not start on port " + taken.getLocalPort())
                    .hasMessageContaining("Address already in use");
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
