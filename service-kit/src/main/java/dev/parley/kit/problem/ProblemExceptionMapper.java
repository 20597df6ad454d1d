package dev.parley.kit.problem;

import dev.parley.model.problem.ProblemCode;
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
        if (exception.code() == ProblemCode.UNAVAILABLE) {
            problem.withHeader("Retry-After", ProblemBody.RETRY_AFTER_SECONDS);
        }
        return problem.build();
    }
}
