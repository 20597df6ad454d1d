package dev.parley.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Runs before any route: binds the trace id, puts headers into one form, forbids caching, and reads no more of a body
/// than may be.
///
/// A body that is too large is dropped and noted; [BodyLimitFilter] refuses it once the caller is known,
/// because a 401 goes before a 413. Thread: the request's event loop.
@ApplicationScoped
final class HttpEdge {

    /// Before authentication (200) and CORS (300): even their refusals carry these headers.
    private static final int FIRST = 1_000;

    private static final String CHALLENGE = "WWW-Authenticate";

    private final long maxBodyBytes;

    HttpEdge(HttpConfig config) {
        this.maxBodyBytes = config.maxBodyBytes();
    }

    void register(@Observes Filters filters) {
        filters.register(this::prepare, FIRST);
    }

    private void prepare(RoutingContext context) {
        var request = context.request();
        TraceId.bind(request);
        RequestHeaders.normalise(request);
        context.addHeadersEndHandler(_ -> complete(context));
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && announcedBytes(length) > maxBodyBytes) {
            request.handler(_ -> {});
            goOnWithout(context);
        } else if (length == null && request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            readWithinLimit(context);
        } else {
            context.next();
        }
    }

    /// The last look at an answer's headers, whoever made it: documents and keys say themselves how long they are good,
    /// nothing else may be kept; and of two layers that ask for the same credential one is enough.
    private static void complete(RoutingContext context) {
        var headers = context.response().headers();
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)
                && !context.request().path().endsWith("/openapi")) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        var challenges = headers.getAll(CHALLENGE);
        if (challenges.size() > 1) {
            headers.set(CHALLENGE, challenges.getFirst());
        }
    }

    /// A body of unannounced length; in HTTP/1.1, which is all that is spoken behind the ingress, it comes in chunks.
    private void readWithinLimit(RoutingContext context) {
        var body = Buffer.buffer();
        context.request()
                .handler(chunk -> {
                    if (BodyLimitFilter.isExceeded(context)) {
                        return;
                    }
                    if (body.length() + chunk.length() > maxBodyBytes) {
                        goOnWithout(context);
                    } else {
                        body.appendBuffer(chunk);
                    }
                })
                .endHandler(_ -> {
                    if (!BodyLimitFilter.isExceeded(context)) {
                        goOnWith(context, body);
                    }
                });
    }

    private static void goOnWithout(RoutingContext context) {
        BodyLimitFilter.noteExceeded(context);
        goOnWith(context, Buffer.buffer());
    }

    private static void goOnWith(RoutingContext context, Buffer body) {
        ((RoutingContextInternal) context).setBody(body);
        context.next();
    }

    private static long announcedBytes(String contentLength) {
        try {
            return Long.parseLong(contentLength);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
