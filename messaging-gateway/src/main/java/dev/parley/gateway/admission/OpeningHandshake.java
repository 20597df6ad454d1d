package dev.parley.gateway.admission;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What a request must have to become a WebSocket. Source: RFC 6455 §4.2.1.
final class OpeningHandshake {

    private static final String VERSION = "13";
    private static final String VERSION_HEADER = "Sec-WebSocket-Version";
    private static final int KEY_BYTES = 16;

    private OpeningHandshake() {}

    /// @throws ProblemException `malformed`; of another version the answer says which one is spoken (§4.4)
    static void require(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade")) || !upgradesItsConnection(request)) {
            throw new ProblemException(ProblemCode.MALFORMED, "This is a WebSocket endpoint: upgrade the connection");
        }
        if (!VERSION.equals(request.getHeader(VERSION_HEADER))) {
            request.response().putHeader(VERSION_HEADER, VERSION);
            throw new ProblemException(ProblemCode.MALFORMED, VERSION_HEADER + " must be " + VERSION);
        }
        if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
            throw new ProblemException(ProblemCode.MALFORMED, "Sec-WebSocket-Key must be 16 bytes in Base64");
        }
    }

    private static boolean upgradesItsConnection(HttpServerRequest request) {
        return request.headers().getAll("Connection").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .anyMatch(option -> option.strip().equalsIgnoreCase("upgrade"));
    }

    private static boolean isKey(@Nullable String text) {
        try {
            return text != null && Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
