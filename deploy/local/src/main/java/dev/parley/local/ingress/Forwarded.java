package dev.parley.local.ingress;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/// What a service is told of the client: address, scheme and host, in the `X-Forwarded-*` headers.
///
/// The ingress is the first hop, so what a client claims of itself in these headers is replaced, not extended.
final class Forwarded {

    private Forwarded() {}

    static void set(MultiMap headers, HttpServerRequest request) {
        headers.remove("Forwarded");
        headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", "http");
        String host = request.getHeader("Host");
        if (host == null) {
            headers.remove("X-Forwarded-Host");
        } else {
            headers.set("X-Forwarded-Host", host);
        }
    }
}
