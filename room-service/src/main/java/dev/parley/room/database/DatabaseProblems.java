package dev.parley.room.database;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;
import org.hibernate.JDBCException;

/// Answers `unavailable` when PostgreSQL cannot be asked at the moment, `internal` when it refuses what we ask.
public final class DatabaseProblems {

    private DatabaseProblems() {}

    /// The problem a client is told of.
    public static ProblemException of(DatabaseException failure) {
        return ProblemException.of(failure.isPassing() ? ProblemCode.UNAVAILABLE : ProblemCode.INTERNAL);
    }

    private static HttpProblem render(DatabaseException failure) {
        var code = of(failure).code();
        var problem = HttpProblem.builder().withStatus(code.status()).withDetail(code.title());
        if (code == ProblemCode.UNAVAILABLE) {
            problem.withHeader("Retry-After", "2");
        }
        return problem.build();
    }

    /// For statements of our own.
    @Provider
    public static final class OfStatements extends ExceptionMapperBase<DatabaseException> {

        @Override
        protected HttpProblem toProblem(DatabaseException exception) {
            return render(exception);
        }
    }

    /// For statements of Hibernate.
    @Provider
    public static final class OfHibernate extends ExceptionMapperBase<JDBCException> {

        @Override
        protected HttpProblem toProblem(JDBCException exception) {
            return render(DatabaseException.of(exception.getSQLException()));
        }
    }
}
