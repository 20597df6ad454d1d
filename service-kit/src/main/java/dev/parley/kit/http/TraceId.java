package dev.parley.kit.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/// The id that joins an answer with the log lines of its request.
/// Source: W3C Trace Context; taken from `traceparent` when the client sends one.
public final class TraceId {

    private static final String KEY = "trace_id";
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final int BYTES = 16;

    private TraceId() {}

    /// 32 lower-case hexadecimal digits; a new one outside a request.
    public static String current() {
        return MDC.get(KEY) instanceof String id ? id : random();
    }

    /// Binds the id to the request's (duplicated) Vert.x context.
    static void bind(HttpServerRequest request) {
        var header = request.getHeader("traceparent");
        var match = header == null ? null : TRACEPARENT.matcher(header);
        MDC.put(KEY, match != null && match.matches() ? match.group(1) : random());
    }

    private static String random() {
        var bytes = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
