package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;

/// Refuses a request whose path or query is no URI (RFC 3986), as one with `%zz`, with `malformed`, before routes
/// decode
/// it.
///
/// Quarkus would do so in the handler that stands before every filter (`VertxHttpRecorder.ACTUAL_ROOT`), with a 400
/// without a body, unless a system property of Vert.x' name is set when that class is loaded. The container starts
/// before
/// the HTTP server, so it is set here and the same check made below. Should a release of Quarkus load the class
/// earlier,
/// the bare 400 is back and `HttpChecks` fails. Thread: the request's event loop.
@ApplicationScoped
final class RequestTargets {

    /// After [Cors], so that a page can read the answer; before [AllowedMethods], the first to decode a path.
    private static final int BEFORE_DECODING = 850;

    void takeOverFromQuarkus(@Observes @Initialized(ApplicationScoped.class) Object start) {
        System.setProperty("vertx.disableURIValidation", "true");
    }

    void register(@Observes Filters filters) {
        filters.register(RequestTargets::handle, BEFORE_DECODING);
    }

    private static void handle(RoutingContext context) {
        if (isUri(context.request().uri())) {
            context.next();
        } else {
            ProblemBody.end(
                    context, new ProblemException(ProblemCode.MALFORMED, "The path or query is not a URI (RFC 3986)"));
        }
    }

    private static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
