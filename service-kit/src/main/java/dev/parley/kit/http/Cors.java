package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Lets the pages of [AllowedOrigins] use this service from a browser. Source: the Fetch standard, "CORS protocol".
///
/// It runs before authentication, so that errors are readable by a page too, and a preflight needs no token. A request
/// from another page is answered as any other but without these headers, and its browser keeps the answer from it; a
/// preflight is refused. Quarkus' own filter refuses both, with an empty body.
///
/// Thread: the request's event loop.
@ApplicationScoped
final class Cors {

    /// After [HttpEdge], before authentication (200).
    private static final int SECOND = 900;

    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS = "Authorization, Content-Type, traceparent";
    private static final String ANSWER_HEADERS = "Retry-After, WWW-Authenticate, Location";
    private static final String MAX_AGE_SECONDS = "600";
    private static final int NO_CONTENT = 204;

    private final AllowedOrigins origins;

    Cors(AllowedOrigins origins) {
        this.origins = origins;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, SECOND);
    }

    private void handle(RoutingContext context) {
        var request = context.request();
        var headers = context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        var isListed = origins.contains(request.getHeader(HttpHeaders.ORIGIN));
        if (isListed) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, request.getHeader(HttpHeaders.ORIGIN))
                    .set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
        }
        if (!isPreflight(request)) {
            context.next();
        } else if (isListed) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
                    .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
            context.response().setStatusCode(NO_CONTENT).end();
        } else {
            ProblemBody.end(
                    context,
                    new ProblemException(ProblemCode.FORBIDDEN, "Pages of this origin may not use this service"));
        }
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.headers().contains(HttpHeaders.ORIGIN)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
