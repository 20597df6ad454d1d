package dev.parley.room.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Runs SQL on a connection of the pool. Time-outs are settings of the connection: no transaction outlives 5 s.
///
/// Thread: any that may block; a virtual one costs nothing while it waits.
@ApplicationScoped
public class Database {

    /// Statements that belong together. It runs while a connection is held: never a network call in here.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    private final AgroalDataSource dataSource;

    Database(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Runs `work` and commits; whatever it throws rolls back.
    /// @throws DatabaseException if a statement or the commit fails; after a failed commit it is not known whether
    ///     the work is stored
    public <T extends @Nullable Object> T inTransaction(Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        }
    }

    /// Runs `work` without a transaction: each statement sees what is committed when it starts.
    /// @throws DatabaseException if a statement fails
    public <T extends @Nullable Object> T read(Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
