package dev.parley.gateway.framing;

import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.common.annotation.NonBlocking;

/// What Autobahn's cases need: says again what it is told. In tests only; the guard before it is the real one.
@WebSocket(path = EchoEndpoint.PATH)
class EchoEndpoint {

    static final String PATH = "/echo";

    @OnTextMessage
    @NonBlocking
    String echo(String message) {
        return message;
    }
}
