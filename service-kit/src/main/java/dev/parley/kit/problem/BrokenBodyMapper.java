package dev.parley.kit.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/// A client that goes away in the middle of its body made the mistake; nobody hears the answer, and nobody gets up.
@Provider
public final class BrokenBodyMapper extends ExceptionMapperBase<IOException> {

    @Override
    protected HttpProblem toProblem(IOException exception) {
        return HttpProblem.valueOf(
                isBecauseTheClientLeft(exception)
                        ? Response.Status.BAD_REQUEST
                        : Response.Status.INTERNAL_SERVER_ERROR);
    }

    private static boolean isBecauseTheClientLeft(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpClosedException) {
                return true;
            }
        }
        return false;
    }
}
