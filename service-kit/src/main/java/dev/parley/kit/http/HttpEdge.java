package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Runs before any route: binds the trace id, forbids caching, refuses a body that is announced as too large.
@ApplicationScoped
final class HttpEdge {

    /// Before authentication (200) and CORS (300): even their refusals carry these headers.
    private static final int FIRST = 1_000;

    private final long maxBodyBytes;

    HttpEdge(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.maxBodyBytes = maxBodySize.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::prepare, FIRST);
    }

    private void prepare(RoutingContext context) {
        var request = context.request();
        TraceId.bind(request);
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (announcedBytes(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > maxBodyBytes) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            ProblemBody.end(
                    context,
                    new ProblemException(
                            ProblemCode.PAYLOAD_TOO_LARGE, "The body may have " + maxBodyBytes + " bytes at most"));
        } else {
            context.next();
        }
    }

    private static long announcedBytes(String contentLength) {
        try {
            return contentLength == null ? 0 : Long.parseLong(contentLength);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
