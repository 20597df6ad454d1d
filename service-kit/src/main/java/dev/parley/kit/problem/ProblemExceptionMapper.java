package dev.parley.kit.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;

/// Hands a [ProblemException] to the problem extension; [ProblemRenderer] gives it its members.
@Provider
public final class ProblemExceptionMapper extends ExceptionMapperBase<ProblemException> {

    @Override
    protected HttpProblem toProblem(ProblemException exception) {
        var problem =
                HttpProblem.builder().withStatus(exception.code().status()).withDetail(exception.getMessage());
        exception.retryAfterSeconds().ifPresent(seconds -> problem.withHeader("Retry-After", seconds));
        return problem.build();
    }
}
