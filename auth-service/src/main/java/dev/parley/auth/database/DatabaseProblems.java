package dev.parley.auth.database;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import org.hibernate.JDBCException;

/// Answers 503 `unavailable` while the database cannot be reached or has no connection or time to spare, and 500 to
/// any other error of it.
@Provider
public final class DatabaseProblems extends ExceptionMapperBase<JDBCException> {

    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL = 500;
    private static final String RETRY_AFTER_SECONDS = "2";

    @Override
    protected HttpProblem toProblem(JDBCException exception) {
        return isPassing(exception.getSQLException())
                ? HttpProblem.builder()
                        .withStatus(UNAVAILABLE)
                        .withHeader("Retry-After", RETRY_AFTER_SECONDS)
                        .build()
                : HttpProblem.builder().withStatus(INTERNAL).build();
    }

    /// Whether the same request may succeed later. Source: PostgreSQL's error codes by class: 08 connection,
    /// 40 rollback, 53 resources, 55P03 lock time-out, 57 operator intervention. The pool's own has no state.
    private static boolean isPassing(SQLException exception) {
        var state = exception.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.equals("55P03");
    }
}
