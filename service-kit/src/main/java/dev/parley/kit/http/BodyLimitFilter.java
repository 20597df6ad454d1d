package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses a request whose body [HttpEdge] found too large: after the caller is known, before the body would be read.
@ApplicationScoped
public class BodyLimitFilter {

    private static final String EXCEEDED = "parley.body-limit-exceeded";

    private final long maxBodyBytes;

    BodyLimitFilter(HttpConfig config) {
        this.maxBodyBytes = config.maxBodyBytes();
    }

    static void noteExceeded(RoutingContext context) {
        context.put(EXCEEDED, true);
    }

    static boolean isExceeded(RoutingContext context) {
        return context.get(EXCEEDED, false);
    }

    /// @throws ProblemException with `payload_too_large`
    @ServerRequestFilter
    public void refuse(RoutingContext context) {
        if (isExceeded(context)) {
            throw new ProblemException(
                    ProblemCode.PAYLOAD_TOO_LARGE, "The body may have " + maxBodyBytes + " bytes at most");
        }
    }
}
