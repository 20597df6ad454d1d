package dev.parley.room.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// PostgreSQL refused a statement, or could not be asked. Source of the classes: PostgreSQL, appendix A.
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Data exception and integrity constraint violation: the same statement will fail again.
    private static final Set<String> DATA_CLASSES = Set.of("22", "23");

    /// Connection, transaction state (its time-outs), roll-back, resources, lock, intervention, system.
    private static final Set<String> PASSING_CLASSES = Set.of("08", "25", "40", "53", "55", "57", "58");

    /// `query_canceled`, as by `statement_timeout`, and `transaction_timeout`.
    private static final Set<String> TIME_OUTS = Set.of("57014", "25P04");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final @Nullable String sqlState;
    private final @Nullable String constraint;

    private DatabaseException(SQLException cause, @Nullable String constraint) {
        super("database failure sqlstate=" + cause.getSQLState(), cause);
        this.sqlState = cause.getSQLState();
        this.constraint = constraint;
    }

    public static DatabaseException of(SQLException cause) {
        var message = cause instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
        return new DatabaseException(cause, message == null ? null : message.getConstraint());
    }

    /// Whether the data are at fault, so that repeating it is useless.
    public boolean isAboutData() {
        return DATA_CLASSES.contains(sqlClass());
    }

    /// Whether the same may succeed later: PostgreSQL is away, busy or overloaded. The pool's own failures have
    /// no SQLSTATE and belong here.
    public boolean isPassing() {
        return sqlState == null || PASSING_CLASSES.contains(sqlClass());
    }

    /// Whether another transaction held a lock for longer than `lock_timeout`.
    public boolean isLockTimeout() {
        return LOCK_NOT_AVAILABLE.equals(sqlState);
    }

    /// Whether PostgreSQL could not do it within the time it gives a statement or a transaction: the same may take too
    /// long again.
    public boolean isTimeOut() {
        return sqlState != null && TIME_OUTS.contains(sqlState);
    }

    /// Whether the constraint of this name was violated.
    public boolean violates(String name) {
        return name.equals(constraint);
    }

    private String sqlClass() {
        return sqlState == null || sqlState.length() < 2 ? "" : sqlState.substring(0, 2);
    }
}
