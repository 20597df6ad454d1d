package dev.parley.kit.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Mounts `/internal` endpoints on the management port. JAX-RS cannot listen there, so these are Vert.x routes;
/// a handler is an ordinary function that may block, on a virtual thread, and returns what is sent as JSON.
///
/// Use it from an observer of `io.quarkus.vertx.http.ManagementInterface`.
@ApplicationScoped
public class InternalRoutes {

    /// A command entry holds 256 KiB of content at most; JSON escapes may triple that.
    private static final long MAX_BODY_BYTES = 2L << 20;

    private static final Logger LOG = Logger.getLogger(InternalRoutes.class);

    private final Credentials credentials;
    private final ObjectMapper json;
    private final ExecutorService virtualThreads;

    InternalRoutes(InternalConfig config, ObjectMapper json, @VirtualThreads ExecutorService virtualThreads) {
        this.credentials = new Credentials(config.credentials());
        this.json = json;
        this.virtualThreads = virtualThreads;
    }

    public void get(Router router, String path, Function<InternalRequest, Object> handler) {
        router.route(HttpMethod.GET, path).handler(this::authenticate).handler(context -> handle(context, handler));
    }

    public void post(Router router, String path, Function<InternalRequest, Object> handler) {
        // Three routes: within one, Vert.x wants the body read before anything of ours runs.
        router.route(HttpMethod.POST, path).handler(this::authenticate);
        router.route(HttpMethod.POST, path).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        router.route(HttpMethod.POST, path).handler(context -> handle(context, handler));
    }

    private void authenticate(RoutingContext context) {
        if (credentials.accept(context.request().getHeader("Authorization"))) {
            context.next();
        } else {
            ProblemBody.end(context, ProblemException.of(ProblemCode.UNAUTHENTICATED));
        }
    }

    private void handle(RoutingContext context, Function<InternalRequest, Object> handler) {
        var body = context.body() == null || context.body().buffer() == null
                ? Buffer.buffer()
                : context.body().buffer();
        var request = new InternalRequest(json, context.queryParams(), body);
        virtualThreads.execute(() -> {
            try {
                var answer = Buffer.buffer(json.writeValueAsBytes(handler.apply(request)));
                context.response().putHeader("Content-Type", "application/json").end(answer);
            } catch (ProblemException e) {
                ProblemBody.end(context, e);
            } catch (Exception e) {
                LOG.errorf(
                        e, "internal request failed path=%s", context.request().path());
                ProblemBody.end(context, ProblemException.of(ProblemCode.INTERNAL));
            }
        });
    }
}
