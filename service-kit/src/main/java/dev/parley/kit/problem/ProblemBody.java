package dev.parley.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.kit.http.TraceId;
import dev.parley.model.problem.ProblemCode;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// The members of a problem, for answers that JAX-RS has no part in: routes, upgrades, the internal port.
/// @param instance the request's path, without the query, which may hold a token
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "code", "trace_id", "errors"})
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String traceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldProblem> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /// @param path the request's path, without the query
    public static ProblemBody of(ProblemException problem, String path) {
        var code = problem.code();
        return new ProblemBody(
                code.type(),
                code.title(),
                code.status(),
                String.valueOf(problem.getMessage()),
                path,
                code.toString(),
                TraceId.current(),
                problem.errors());
    }

    /// Ends a Vert.x request with the problem. A body that nobody has read is dropped, or the connection would wait for
    /// its reader for ever. Runs on the request's event loop.
    public static void end(RoutingContext context, ProblemException problem) {
        if (!context.request().isEnded()) {
            context.request().resume();
        }
        var response = context.response().setStatusCode(problem.code().status()).putHeader("Content-Type", MEDIA_TYPE);
        if (problem.code() == ProblemCode.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        problem.retryAfterSeconds().ifPresent(seconds -> response.putHeader("Retry-After", seconds));
        response.end(Json.encode(of(problem, instance(context.request().path()))));
    }

    /// `instance` is a URI; a path that is none is not repeated.
    private static String instance(String path) {
        try {
            return new URI(path).toString();
        } catch (URISyntaxException e) {
            return "/";
        }
    }
}
