package dev.parley.local.ingress;

import dev.parley.model.problem.ProblemCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// The ingress' own refusals, in the shape that all services have (RFC 9457).
final class Problem {

    static final String MEDIA_TYPE = "application/problem+json";

    /// Seconds until a service that is away is worth another try.
    static final String RETRY_AFTER = "2";

    private static final int TRACE_ID_BYTES = 16;

    private Problem() {}

    static Buffer notFound(HttpServerRequest request) {
        return body(ProblemCode.NOT_FOUND, "Nothing is served at this path", request);
    }

    static Buffer unavailable(HttpServerRequest request) {
        return body(ProblemCode.UNAVAILABLE, "The service behind this path does not answer", request);
    }

    private static Buffer body(ProblemCode code, String detail, HttpServerRequest request) {
        byte[] traceId = new byte[TRACE_ID_BYTES];
        ThreadLocalRandom.current().nextBytes(traceId);
        return new JsonObject()
                .put("type", code.type())
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", detail)
                .put("instance", String.valueOf(request.path()))
                .put("code", code.toString())
                .put("trace_id", HexFormat.of().formatHex(traceId))
                .toBuffer();
    }
}
